package dev.tributary.payout.tax;

import dev.tributary.audit.Audit;
import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * The tax forms of an affiliate, with numbers by their last four digits: whoever holds a session does not get the whole. Those
 * that payments were made on are kept for as long as the law wants them, and go by the job {@code retention} then.
 */
@Singleton
class PersonTaxForms implements PersonalData {
    private static final int MOST = 10_000;

    private final TaxFormRepository repository;
    private final Audit audit;
    private final Clock clock;

    PersonTaxForms(TaxFormRepository repository, Audit audit, Clock clock) {
        this.repository = repository;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "taxForms";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return repository.list(c, affiliateId, before, limit).map(found -> found.stream()
                .map(form -> new Row(form.id(), row(form)))
                .toList());
    }

    private static JsonObject row(StoredForm form) {
        JsonObject row = new JsonObject()
                .put("id", TypeId.TAX_FORM.format(form.id()))
                .put("kind", form.facts().kind().word())
                .put("state", form.state().word())
                .put("name", form.name())
                .put("country", form.country())
                .put("signedAt", form.signedAt().toString())
                .put("createdAt", form.createdAt().toString());
        if (form.tinLastFour() != null) row.put("taxpayerNumberLastFour", form.tinLastFour());
        if (form.reason() != null) row.put("reason", form.reason());
        return row;
    }

    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return repository
                .list(tx, affiliateId, new UUID(-1, -1), MOST)
                .call(found ->
                        audit.blank(tx, found.stream().map(StoredForm::id).toList()))
                .chain(() -> repository.erase(tx, affiliateId, clock.instant()));
    }
}
