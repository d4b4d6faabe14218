package dev.tributary.conversion.own;

import dev.tributary.conversion.Referral;
import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The customers who are bound to an affiliate, without anything that tells who they are. */
@Singleton
class PersonReferrals implements PersonalData {
    private static final String LIST = Referral.COLUMNS
            + """
             WHERE r.affiliate_id = $1 AND r.id < $2
             ORDER BY r.id DESC LIMIT $3
            """;

    @Override
    public String name() {
        return "referrals";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, LIST, affiliateId, before, limit, PersonReferrals::row);
    }

    private static JsonObject row(io.vertx.mutiny.sqlclient.Row row) {
        Referral referral = Referral.read(row);
        return new JsonObject()
                .put("id", TypeId.REFERRAL.format(referral.id()))
                .put("programId", TypeId.PROGRAM.format(referral.programId()))
                .put("status", referral.status())
                .put("src", referral.src())
                .put("signedUpAt", referral.signedUpAt().toString())
                .put("convertedAt", text(referral.convertedAt()))
                .put("churnedAt", text(referral.churnedAt()));
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    /** Nothing: who referred a customer decides what later sales earn, and an id names nobody. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return Uni.createFrom().item(0);
    }
}
