package dev.tributary.promo.stripe;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;

/** Discount codes of a program of their own, made and changed straight in the database. */
final class Shelf {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Pool pool;
    private final UUID program = UUID.randomUUID();

    /** Codes of other tests, whose Stripe is gone, are left alone. */
    Shelf(Pool pool) {
        this.pool = pool;
        query("UPDATE stripe_coupon SET next_attempt_at = NULL");
        query(
                """
                INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, created_at,
                                     updated_at)
                VALUES ($1, 'Eco', $1::uuid::text, 'https://shop.example/', '{shop.example}', 'EUR', 'UTC', 'eco', now(),
                        now())
                """,
                program);
    }

    /** With a text that begins so, and whatever else is set. */
    UUID code(String text, String set) {
        UUID id = UUID.randomUUID();
        String whole = text + id.toString().substring(24).toUpperCase();
        query(
                """
                INSERT INTO discount_code (id, program_id, code, code_key, status, created_at, updated_at)
                VALUES ($1, $2, $3, $3, 'active', now(), now())
                """,
                id,
                program,
                whole);
        change(id, set);
        return id;
    }

    void change(UUID code, String set) {
        query("UPDATE discount_code SET version = nextval('change_version'), " + set + " WHERE id = $1", code);
    }

    String text(UUID code) {
        return query("SELECT code FROM discount_code WHERE id = $1", code)
                .iterator()
                .next()
                .getString(0);
    }

    /** The pause after a failure is over. */
    void hurry(UUID code) {
        query("UPDATE stripe_coupon SET next_attempt_at = now() WHERE code_id = $1", code);
    }

    /** State and error. */
    String state(UUID code) {
        Row row = query("SELECT state, last_error FROM stripe_coupon WHERE code_id = $1", code)
                .iterator()
                .next();
        return row.getString("state") + " " + row.getString("last_error");
    }

    UUID program() {
        return program;
    }

    RowSet<Row> query(String sql, Object... values) {
        return pool.preparedQuery(sql)
                .execute(values.length == 0 ? Tuple.tuple() : Tuple.from(java.util.Arrays.asList(values)))
                .await()
                .atMost(ANSWER);
    }
}
