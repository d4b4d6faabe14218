package dev.tributary.affiliate;

import dev.tributary.audit.Audit;
import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** What was reported of an affiliate; by whom is not the affiliate's to know. */
@Singleton
class PersonReports implements PersonalData {
    private final AbuseReportRepository repository;
    private final Audit audit;

    PersonReports(AbuseReportRepository repository, Audit audit) {
        this.repository = repository;
        this.audit = audit;
    }

    @Override
    public String name() {
        return "abuseReports";
    }

    /** Without the message: in it, people tell of themselves too. */
    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return repository
                .list(c, before, limit, new AbuseReportRepository.Filter(null, null, affiliateId))
                .map(found -> found.stream()
                        .map(r -> new Row(
                                r.id(),
                                new JsonObject()
                                        .put("id", TypeId.ABUSE_REPORT.format(r.id()))
                                        .put("kind", r.kind().word())
                                        .put("status", r.status().word())
                                        .put("createdAt", r.createdAt().toString())))
                        .toList());
    }

    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return repository
                .erase(tx, affiliateId)
                .call(() -> repository.ids(tx, affiliateId).chain(ids -> audit.blank(tx, ids)));
    }
}
