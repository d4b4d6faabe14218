package dev.tributary.promo.stripe;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code stripe_coupon}. */
@ApplicationScoped
class StripeCouponRepository {
    private static final String AGAIN =
            """
            ON CONFLICT (code_id) DO UPDATE
               SET state = 'waiting', failures = 0, next_attempt_at = now(), asked = stripe_coupon.asked + 1, updated_at = now()
            """;
    private static final String ASK = "INSERT INTO stripe_coupon (code_id) SELECT unnest($1::uuid[]) " + AGAIN;
    private static final String ASK_BATCH =
            "INSERT INTO stripe_coupon (code_id) SELECT id FROM discount_code WHERE batch_id = $1 " + AGAIN;
    /** Five minutes are longer than the calls of a turn may take in all. */
    private static final String CLAIM =
            """
            WITH due AS (
                SELECT code_id FROM stripe_coupon
                 WHERE next_attempt_at <= now() AND (leased_until IS NULL OR leased_until <= now())
                 ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
            UPDATE stripe_coupon s SET turn = s.turn + 1, leased_until = now() + interval '5 minutes' FROM due
             WHERE s.code_id = due.code_id
            RETURNING s.code_id, s.turn, s.asked, s.failures, s.coupon_id, s.coupon_mark, s.promotion_code_id, s.promotion_mark,
                      s.active, s.era, s.doubtful
            """;

    private static final String SAVE =
            """
            UPDATE stripe_coupon
               SET coupon_id = $3, coupon_mark = $4, promotion_code_id = $5, promotion_mark = $6, active = $7, era = $8,
                   doubtful = $9, updated_at = now()
             WHERE code_id = $1 AND turn = $2
            """;
    private static final String SETTLE =
            """
            UPDATE stripe_coupon
               SET state = CASE WHEN asked = $3 THEN $4 ELSE 'waiting' END, last_error = $5, failures = $6,
                   next_attempt_at = CASE WHEN asked = $3 THEN $7::timestamptz ELSE now() END, leased_until = NULL,
                   synced_version = CASE WHEN $4 IN ('synced', 'local') THEN $8 ELSE synced_version END,
                   synced_at = CASE WHEN $4 IN ('synced', 'local') THEN now() ELSE synced_at END, updated_at = now()
             WHERE code_id = $1 AND turn = $2
            """;
    /** Of the code as it is now: one that was changed since has none until Stripe has followed. */
    private static final String PROMOTION =
            """
            SELECT s.promotion_code_id FROM stripe_coupon s JOIN discount_code d ON d.id = s.code_id
             WHERE s.code_id = $1 AND s.active AND s.synced_version = d.version
            """;

    private static final String STANDING =
            """
            SELECT code_id, state, last_error, updated_at, coupon_id, coupon_mark, promotion_code_id, promotion_mark, active, era,
                   doubtful
              FROM stripe_coupon WHERE code_id = ANY($1)
            """;
    /** Only of what has been left alone since, and so that a turn under way writes nothing after it. */
    private static final String CORRECT =
            """
            UPDATE stripe_coupon
               SET coupon_id = $3, coupon_mark = $4, promotion_code_id = $5, promotion_mark = $6, active = $7, era = $8,
                   doubtful = $9, turn = turn + 1, leased_until = NULL, updated_at = now()
             WHERE code_id = $1 AND updated_at = $2
            """;

    /** A code at Stripe as it is written here. */
    record Standing(SyncState state, @Nullable String error, Instant updatedAt, Known known) {}

    /** By the code's id; those that were never looked at are missing. */
    Uni<Map<UUID, Standing>> standing(SqlConnection c, Collection<UUID> codes) {
        return c.preparedQuery(STANDING)
                .execute(Tuple.of((Object) codes.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Standing> found = new HashMap<>();
                    for (Row row : rows)
                        found.put(
                                row.getUUID("code_id"),
                                new Standing(
                                        SyncState.of(row.getString("state")),
                                        row.getString("last_error"),
                                        row.getOffsetDateTime("updated_at").toInstant(),
                                        known(row)));
                    return found;
                });
    }

    /** Writes what Stripe was seen to hold, and asks for a turn; nothing where somebody wrote since. */
    Uni<Void> correct(SqlConnection tx, UUID code, Drift.Correction correction) {
        return tx.preparedQuery(CORRECT)
                .execute(row(code, correction.known(), correction.asOf().atOffset(ZoneOffset.UTC)))
                .chain(rows -> rows.rowCount() == 1
                        ? ask(tx, List.of(code))
                        : Uni.createFrom().voidItem());
    }

    private static Tuple row(UUID code, Known known, Object second) {
        return Tuple.tuple()
                .addUUID(code)
                .addValue(second)
                .addString(known.couponId())
                .addString(known.couponMark())
                .addString(known.promotionCodeId())
                .addString(known.promotionMark())
                .addBoolean(known.active())
                .addInteger(known.era())
                .addBoolean(known.doubtful());
    }

    /** Marks codes as to be looked at, which is then done though a turn of them is under way. */
    Uni<Void> ask(SqlConnection tx, List<UUID> codes) {
        return tx.preparedQuery(ASK)
                .execute(Tuple.of((Object) codes.stream().sorted().toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> askBatch(SqlConnection tx, UUID batch) {
        return tx.preparedQuery(ASK_BATCH).execute(Tuple.of(batch)).replaceWithVoid();
    }

    Uni<List<Turn>> claim(SqlConnection tx, int limit) {
        return tx.preparedQuery(CLAIM).execute(Tuple.of(limit)).map(rows -> {
            List<Turn> turns = new ArrayList<>(rows.size());
            for (Row row : rows)
                turns.add(new Turn(
                        row.getUUID("code_id"),
                        row.getLong("turn"),
                        row.getLong("asked"),
                        row.getInteger("failures"),
                        known(row)));
            return turns;
        });
    }

    static Known known(Row row) {
        return new Known(
                row.getString("coupon_id"),
                row.getString("coupon_mark"),
                row.getString("promotion_code_id"),
                row.getString("promotion_mark"),
                row.getBoolean("active"),
                row.getInteger("era"),
                row.getBoolean("doubtful"));
    }

    /** Whether the turn is still the latest; otherwise nothing is written. */
    Uni<Boolean> save(SqlConnection c, Turn turn, Known known) {
        return c.preparedQuery(SAVE)
                .execute(row(turn.codeId(), known, turn.number()))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Void> settle(SqlConnection c, Turn turn, Settlement end) {
        Tuple row = Tuple.tuple()
                .addUUID(turn.codeId())
                .addLong(turn.number())
                .addLong(turn.asked())
                .addString(end.state().word())
                .addString(end.error())
                .addInteger(end.failures())
                .addOffsetDateTime(end.next() == null ? null : end.next().atOffset(ZoneOffset.UTC))
                .addLong(end.version());
        return c.preparedQuery(SETTLE).execute(row).replaceWithVoid();
    }

    Uni<Optional<String>> promotionCodeId(SqlConnection c, UUID codeId) {
        return c.preparedQuery(PROMOTION)
                .execute(Tuple.of(codeId))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString(0)));
    }
}
