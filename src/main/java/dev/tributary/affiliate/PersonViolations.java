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

/** An affiliate's violations; who recorded them is not the affiliate's to know. */
@Singleton
class PersonViolations implements PersonalData {
    private final ViolationRepository repository;
    private final Audit audit;

    PersonViolations(ViolationRepository repository, Audit audit) {
        this.repository = repository;
        this.audit = audit;
    }

    @Override
    public String name() {
        return "violations";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return repository
                .list(c, affiliateId, before, limit, null)
                .map(found -> found.stream().map(PersonViolations::row).toList());
    }

    private static Row row(Violation v) {
        JsonObject row = new JsonObject()
                .put("id", TypeId.VIOLATION.format(v.id()))
                .put("kind", v.kind().word())
                .put("severity", v.severity().word())
                .put("evidence", v.evidence())
                .put("evidenceUrl", v.evidenceUrl())
                .put("action", v.action().word())
                .put("createdAt", v.createdAt().toString());
        if (v.programId() != null) row.put("programId", TypeId.PROGRAM.format(v.programId()));
        return new Row(v.id(), row);
    }

    /** Kind, severity and action stay: that an affiliate was banned, and for what, names nobody any more. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return repository
                .erase(tx, affiliateId)
                .call(() -> repository.ids(tx, affiliateId).chain(ids -> audit.blank(tx, ids)));
    }
}
