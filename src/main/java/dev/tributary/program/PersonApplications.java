package dev.tributary.program;

import dev.tributary.audit.Audit;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** An affiliate's applications; who decided them is not the affiliate's to know. */
@Singleton
class PersonApplications implements PersonalData {
    private final ApplicationRepository repository;
    private final ApplicationQueries queries;
    private final Audit audit;

    PersonApplications(ApplicationRepository repository, ApplicationQueries queries, Audit audit) {
        this.repository = repository;
        this.queries = queries;
        this.audit = audit;
    }

    @Override
    public String name() {
        return "applications";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return queries.list(c, before, limit, ApplicationQueries.Filter.of(affiliateId))
                .map(found -> found.stream().map(PersonApplications::row).toList());
    }

    private static Row row(ApplicationListing listing) {
        OwnApplicationView view = OwnApplicationView.of(listing);
        JsonArray channels = new JsonArray();
        view.channels()
                .forEach(channel -> channels.add(new JsonObject()
                        .put("kind", channel.kind())
                        .put("url", channel.url())
                        .put("audience", channel.audience())));
        JsonObject row = new JsonObject()
                .put("id", view.id())
                .put("programId", view.programId())
                .put("programName", view.programName())
                .put("status", view.status().word())
                .put("reason", view.reason())
                .put("wantedCode", view.wantedCode())
                .put("channels", channels)
                .put("promotion", view.promotion())
                .put("kycStatus", view.kycStatus().word())
                .put("createdAt", view.createdAt().toString());
        Application.Consent consent = listing.application().consent();
        if (consent != null)
            row.put("termsVersion", consent.number())
                    .put("acceptedAt", consent.at().toString())
                    .put("acceptedBy", consent.from().acceptedBy())
                    .put("ipPrefix", consent.from().ipPrefix())
                    .put("userAgent", consent.from().userAgent());
        row.getMap().values().removeIf(Objects::isNull);
        return new Row(listing.application().id(), row);
    }

    /** When they applied for what, and what became of it, stays. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return repository
                .erase(tx, affiliateId)
                .call(() -> repository.ids(tx, affiliateId).chain(ids -> audit.blank(tx, ids)));
    }
}
