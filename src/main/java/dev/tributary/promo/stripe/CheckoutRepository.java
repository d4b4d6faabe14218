package dev.tributary.promo.stripe;

import com.stripe.model.checkout.Session;
import dev.tributary.promo.CheckoutSession;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code stripe_checkout}. */
@ApplicationScoped
class CheckoutRepository {
    private static final String BEGIN =
            """
            INSERT INTO stripe_checkout (redemption_id, promotion_code_id) VALUES ($1, $2) ON CONFLICT (redemption_id) DO NOTHING
            """;
    private static final String FIND =
            """
            SELECT redemption_id, promotion_code_id, era, session_id, url, expires_at FROM stripe_checkout
             WHERE redemption_id = $1
            """;
    private static final String FOLLOW =
            """
            UPDATE stripe_checkout SET era = era + 1, promotion_code_id = CASE WHEN $3 THEN promotion_code_id END
             WHERE redemption_id = $1 AND era = $2 AND session_id IS NULL
            """;
    /** The first that is known stays: both would be the same but for a key that was spent. */
    private static final String OPENED =
            """
            UPDATE stripe_checkout SET session_id = $2, url = $3, expires_at = $4 WHERE redemption_id = $1 AND session_id IS NULL
            """;

    /** @param session null until Stripe has answered */
    record Kept(UUID redemptionId, Optional<String> promotionCodeId, int era, @Nullable CheckoutSession session) {}

    /** As it was begun first, whatever is chosen now. */
    Uni<Kept> begin(SqlConnection tx, UUID redemption, Optional<String> promotionCode) {
        return tx.preparedQuery(BEGIN)
                .execute(Tuple.of(redemption, promotionCode.orElse(null)))
                .chain(() -> find(tx, redemption));
    }

    Uni<Kept> find(SqlConnection c, UUID redemption) {
        return c.preparedQuery(FIND)
                .execute(Tuple.of(redemption))
                .map(rows -> read(rows.iterator().next()));
    }

    /** The next attempt has another key, and keeps the promotion code or leaves it. */
    Uni<Kept> follow(SqlConnection tx, Kept kept, boolean keepPromotion) {
        return tx.preparedQuery(FOLLOW)
                .execute(Tuple.of(kept.redemptionId(), kept.era(), keepPromotion))
                .chain(() -> find(tx, kept.redemptionId()));
    }

    Uni<Kept> opened(SqlConnection tx, UUID redemption, Session session) {
        Instant end = Instant.ofEpochSecond(session.getExpiresAt());
        return tx.preparedQuery(OPENED)
                .execute(Tuple.of(redemption, session.getId(), session.getUrl(), end.atOffset(ZoneOffset.UTC)))
                .chain(() -> find(tx, redemption));
    }

    private static Kept read(Row row) {
        String id = row.getString("session_id");
        CheckoutSession session = id == null
                ? null
                : new CheckoutSession(
                        id,
                        row.getString("url"),
                        row.getOffsetDateTime("expires_at").toInstant());
        return new Kept(
                row.getUUID("redemption_id"),
                Optional.ofNullable(row.getString("promotion_code_id")),
                row.getInteger("era"),
                session);
    }
}
