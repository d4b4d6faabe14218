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

/** The affiliate's own row, and their account in the record of changes. */
@Singleton
class Person implements PersonalData {
    private final AffiliateRepository repository;
    private final Audit audit;

    Person(AffiliateRepository repository, Audit audit) {
        this.repository = repository;
        this.audit = audit;
    }

    @Override
    public String name() {
        return "affiliate";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        if (affiliateId.equals(before)) return Uni.createFrom().item(List.of());
        return repository
                .find(c, affiliateId)
                .map(found -> found.stream().map(a -> new Row(a.id(), row(a))).toList());
    }

    private static JsonObject row(Affiliate a) {
        JsonObject row = new JsonObject()
                .put("id", TypeId.AFFILIATE.format(a.id()))
                .put("name", a.name())
                .put("email", a.email())
                .put("country", a.country())
                .put("status", a.status().word())
                .put("statusReason", a.statusReason())
                .put("displayName", a.profile().displayName())
                .put("partnerType", a.profile().partnerType().word())
                .put("leaderboardOptIn", a.profile().leaderboardOptIn())
                .put("channels", AffiliateRepository.channels(a.profile().channels()))
                .put("promotion", a.profile().promotion())
                .put("taxStatus", a.standing().tax().word())
                .put("fraudScore", a.standing().fraudScore())
                .put("fraudStatus", a.standing().fraud().word())
                .put("createdAt", a.createdAt().toString())
                .put("updatedAt", a.updatedAt().toString());
        if (a.recruiterId() != null) row.put("recruiterId", TypeId.AFFILIATE.format(a.recruiterId()));
        Account account = a.account();
        return account == null ? row : row.put("issuer", account.issuer()).put("subject", account.subject());
    }

    /** The country stays: the books are kept by it, and it names nobody. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return repository.find(tx, affiliateId).chain(found -> {
            Account account = found.map(Affiliate::account).orElse(null);
            Uni<?> actor = account == null ? Uni.createFrom().voidItem() : audit.forgetActor(tx, account.subject());
            return actor.chain(() -> repository.erase(tx, affiliateId));
        });
    }
}
