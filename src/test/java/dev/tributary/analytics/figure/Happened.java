package dev.tributary.analytics.figure;

import dev.tributary.Promoter;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDate;

/** What happened in the program of a promoter, by the hundred, written straight into the tables and then folded. */
public final class Happened {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** At noon of a day, in UTC, each with a commission of a tenth. */
    private static final String SALES =
            """
            WITH sold AS (
                INSERT INTO conversion (id, program_id, kind, external_id, enrollment_id, affiliate_id, link_id, src, amount_minor,
                                        currency, occurred_at, decision)
                SELECT gen_random_uuid(), $1, $6, gen_random_uuid()::text, $1, $1, $1, $3, $5::bigint, 'EUR',
                       ($2::date + interval '12 hours') AT TIME ZONE 'UTC', 1
                  FROM generate_series(1, $4::integer)
                RETURNING id, amount_minor, occurred_at)
            INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, conversion_id,
                                    amount_minor, currency, status, earned_at)
            SELECT gen_random_uuid(), $1, $1, $1, 'conversion', id, 'base', id, amount_minor / 10, 'EUR', 'pending', occurred_at
              FROM sold
            """;

    private static final String CLICKS =
            """
            INSERT INTO click_hourly (hour, link_id, src, country, device, program_id, affiliate_id, clicks, uniques, duplicates,
                                      unverified, bots, prefetches, heads)
            VALUES (($2::date + interval '12 hours') AT TIME ZONE 'UTC', $1, $3, 'DE', 'phone', $1, $1, $4, $5, $4::bigint - $5::bigint, 0, 0, 0, 0)
            """;

    private final Pool pool;
    private final Promoter owner;

    public Happened(Pool pool, Promoter owner) {
        this.pool = pool;
        this.owner = owner;
    }

    public Happened sales(LocalDate day, String src, int count, long amount) {
        return run(SALES, Tuple.of(owner.id(), day, src, count, amount, "sale"));
    }

    public Happened leads(LocalDate day, String src, int count) {
        return run(SALES, Tuple.of(owner.id(), day, src, count, 0L, "lead"));
    }

    public Happened clicks(LocalDate day, String src, long clicks, long uniques) {
        return run(CLICKS, Tuple.of(owner.id(), day, src, clicks, uniques));
    }

    public Happened run(String sql, Tuple arguments) {
        pool.preparedQuery(sql).execute(arguments).await().atMost(ANSWER);
        return this;
    }

    /** Adds up everything of three years. */
    public void fold(LocalDate today) {
        run("SELECT rollup_rebuild($1, $2, $3)", Tuple.of(owner.id(), today.minusYears(3), today.plusDays(2)));
        while (pool.preparedQuery("SELECT rollup_fold_facts(1000)")
                        .execute()
                        .await()
                        .atMost(ANSWER)
                        .iterator()
                        .next()
                        .getInteger(0)
                > 0) {}
    }
}
