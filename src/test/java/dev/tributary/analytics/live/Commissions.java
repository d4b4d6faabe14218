package dev.tributary.analytics.live;

import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Commissions and their events, written straight into the tables: to the feed the same as what another instance committed whose
 * notification was lost.
 */
final class Commissions {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final String COMMISSION =
            """
            INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, amount_minor,
                                    currency, status, earned_at)
            VALUES ($1, $2, $2, $3, 'conversion', $1, 'base_rate', $4, $5, $6, $7)
            """;
    private static final String EVENT =
            """
            INSERT INTO outbox_event (id, type, aggregate_id, payload) VALUES ($1, $2, $3, $4)
            """;

    private final Pool pool;
    private final Ids ids;
    private final Clock clock;

    Commissions(Pool pool, Ids ids, Clock clock) {
        this.pool = pool;
        this.ids = ids;
        this.clock = clock;
    }

    /** A commission in a program whose enrollment has the program's id, and its event. */
    Uni<UUID> earn(SqlConnection c, UUID program, UUID affiliate, long amount, String currency, Instant at) {
        UUID id = ids.next();
        OffsetDateTime earned = at.atOffset(ZoneOffset.UTC);
        return c.preparedQuery(COMMISSION)
                .execute(Tuple.from(new Object[] {id, program, affiliate, amount, currency, "pending", earned}))
                .chain(() -> c.preparedQuery(EVENT).execute(event("commission.earned", id, program, affiliate)))
                .replaceWith(id);
    }

    UUID earned(UUID program, UUID affiliate, long amount, String currency, Instant at) {
        return done(pool.withTransaction(tx -> earn(tx, program, affiliate, amount, currency, at)));
    }

    UUID earned(UUID promoter, long amount) {
        return earned(promoter, promoter, amount, "EUR", clock.instant());
    }

    /** Another status, and the event that tells of it. */
    void changed(UUID promoter, UUID commission, String status) {
        done(pool.preparedQuery("UPDATE commission SET status = $2 WHERE id = $1")
                .execute(Tuple.of(commission, status)));
        done(pool.preparedQuery(EVENT).execute(event("commission.changed", commission, promoter, promoter)));
    }

    /** Paid, of which payouts tell and commissions do not. */
    void paid(UUID promoter, UUID commission) {
        done(pool.preparedQuery("UPDATE commission SET status = 'paid' WHERE id = $1")
                .execute(Tuple.of(commission)));
        done(pool.preparedQuery(EVENT).execute(event("payout.paid", UUID.randomUUID(), promoter, promoter)));
    }

    /** As {@code NOTIFY} of another instance wakes this one. */
    void notifyOthers() {
        done(pool.query("SELECT pg_notify('tributary_outbox', '')").execute());
    }

    private Tuple event(String type, UUID aggregate, UUID program, UUID affiliate) {
        JsonObject payload = new JsonObject()
                .put("programId", TypeId.PROGRAM.format(program))
                .put("affiliateId", TypeId.AFFILIATE.format(affiliate));
        return Tuple.of(ids.next(), type, aggregate, payload);
    }

    static <T> T done(Uni<T> work) {
        return work.await().atMost(ANSWER);
    }
}
