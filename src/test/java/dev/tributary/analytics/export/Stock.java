package dev.tributary.analytics.export;

import dev.tributary.Promoter;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Rows by the thousand, made straight in the database, with ids of the moments in which they were stored. */
final class Stock {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** A UUIDv7 of a moment in milliseconds, and a number that keeps those of one moment apart and in order. */
    static final String ID =
            "(lpad(to_hex(%s), 12, '0') || '70008' || left(md5($1::uuid::text || %s || clock_timestamp()), 15))::uuid";

    private static final String CONVERSIONS =
            """
            INSERT INTO conversion (id, program_id, kind, external_id, enrollment_id, affiliate_id, link_id, src, amount_minor,
                                    currency, occurred_at, created_at, decision)
            SELECT %s, $1, 'sale', $2 || '-' || i, $1, $1, $1, 'newsletter', 1000 + i, 'EUR', $3::timestamptz, $3::timestamptz, 1
              FROM generate_series(1, $4::integer) i
            """
                    .formatted(ID.formatted("(extract(epoch FROM $3::timestamptz) * 1000)::bigint + i", "i"));
    private static final String ENTRIES =
            """
            INSERT INTO ledger_entry (id, line, kind, source_kind, source_id, number, program_id, enrollment_id, debit, credit,
                                      amount_minor, currency, occurred_at, memo)
            SELECT e.id, line, 'paid', 'payout', e.id, 0, $1, $1, 'in_transit',
                   CASE line WHEN 0 THEN 'fees' ELSE 'withheld' END, 10 + line, 'EUR', $2::timestamptz, 'memo'
              FROM (SELECT %s AS id FROM generate_series(1, $3::integer) i) e CROSS JOIN generate_series(0, 1) line
            """
                    .formatted(ID.formatted("(extract(epoch FROM $2::timestamptz) * 1000)::bigint + i", "i"));
    private static final String CLICKS =
            """
            WITH made AS (
                INSERT INTO click (id, clicked_at, link_id, program_id, affiliate_id, visitor_id, origin, traffic, visit, credited,
                                   flood, ip_prefix, ip_hash, fingerprint, country, device, os, browser, referrer_host,
                                   landing_page, src, sub1, sub2, sub3, sub4, sub5, external_click_id, fetch_dest, fetch_mode,
                                   fetch_site)
                SELECT %s, $2::timestamptz, $1, $1, $3, gen_random_uuid(), 'redirect', 'human', 'unique', true, false,
                       '203.0.113.0/24', '\\x00', '\\x00', 'DE', 'phone', 'iOS', 'Safari', 'blog.example', '', '=cmd', '', '', '',
                       '', '', '', '', '', ''
                  FROM generate_series(1, $4::integer) i
                RETURNING clicked_at)
            INSERT INTO click_hourly (hour, link_id, src, country, device, program_id, affiliate_id, clicks, uniques, duplicates,
                                      unverified, bots, prefetches, heads)
            SELECT date_trunc('hour', $2::timestamptz, 'UTC'), $3, '=cmd', 'DE', 'phone', $1, $3, count(*), count(*), 0, 0, 0, 0, 0
              FROM made
            """
                    .formatted(ID.formatted("(extract(epoch FROM $2::timestamptz) * 1000)::bigint + i", "i"));

    private final Pool pool;
    private final Promoter owner;

    Stock(Pool pool, Promoter owner) {
        this.pool = pool;
        this.owner = owner;
    }

    /** One stored each millisecond from a moment on; their amounts count up from 1001. */
    void conversions(String name, Instant from, int count) {
        run(CONVERSIONS, Tuple.of(owner.id(), name, from.atOffset(ZoneOffset.UTC), count));
    }

    /** Entries of two lines each. */
    void entries(Instant from, int count) {
        run(ENTRIES, Tuple.of(owner.id(), from.atOffset(ZoneOffset.UTC), count));
    }

    /** Clicks in the program, of an affiliate. */
    void clicks(UUID affiliate, Instant from, int count) {
        run(CLICKS, Tuple.of(owner.id(), from.atOffset(ZoneOffset.UTC), affiliate, count));
    }

    void run(String sql, Tuple arguments) {
        pool.preparedQuery(sql).execute(arguments).await().atMost(ANSWER);
    }
}
