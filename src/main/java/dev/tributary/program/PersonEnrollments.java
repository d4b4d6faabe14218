package dev.tributary.program;

import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** An affiliate's enrollments. */
@Singleton
class PersonEnrollments implements PersonalData {
    private final EnrollmentRepository repository;

    PersonEnrollments(EnrollmentRepository repository) {
        this.repository = repository;
    }

    @Override
    public String name() {
        return "enrollments";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return repository
                .list(c, affiliateId, before, limit)
                .map(found -> found.stream().map(PersonEnrollments::row).toList());
    }

    private static Row row(Enrollment e) {
        JsonObject row = new JsonObject()
                .put("id", TypeId.ENROLLMENT.format(e.id()))
                .put("programId", TypeId.PROGRAM.format(e.programId()))
                .put("status", e.status().word())
                .put("referralCode", e.referralCode())
                .put("createdAt", e.createdAt().toString());
        if (e.promoCode() != null) row.put("promoCode", e.promoCode());
        if (e.approvedAt() != null) row.put("approvedAt", e.approvedAt().toString());
        return new Row(e.id(), row);
    }

    /** Codes stay: they are public, stand in links all over the web, and books refer to them. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return Uni.createFrom().item(0);
    }
}
