package dev.tributary.program;

import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Which agreements a person accepted. That an affiliate accepted a version, and when, outlives the person, because what was
 * paid rests on it; account, network and browser do not.
 */
@ApplicationScoped
class PersonAcceptances implements PersonalData {
    private final AgreementRepository repository;

    PersonAcceptances(AgreementRepository repository) {
        this.repository = repository;
    }

    @Override
    public String name() {
        return "acceptances";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return repository
                .acceptancesOf(c, affiliateId, before, limit)
                .map(all -> all.stream().map(PersonAcceptances::row).toList());
    }

    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return repository.eraseAcceptances(tx, affiliateId);
    }

    private static Row row(AgreementRepository.Accepted a) {
        return new Row(
                a.id(),
                new JsonObject()
                        .put("id", TypeId.ACCEPTANCE.format(a.id()))
                        .put("agreementId", TypeId.AGREEMENT.format(a.agreementId()))
                        .put("enrollmentId", TypeId.ENROLLMENT.format(a.enrollmentId()))
                        .put("acceptedAt", a.at().toString())
                        .put("acceptedBy", a.from().acceptedBy())
                        .put("ipPrefix", a.from().ipPrefix())
                        .put("userAgent", a.from().userAgent()));
    }
}
