package dev.tributary.analytics.report;

import dev.tributary.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a program, written straight into the tables. Affiliates are those of {@link dev.tributary.Promoter} and
 * {@link dev.tributary.conversion.attribution.Shop}: affiliate, enrollment and default link have one id.
 */
record Season(Pool pool, Ids ids, UUID program) {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String CONVERSION =
            """
            INSERT INTO conversion (id, program_id, kind, external_id, enrollment_id, affiliate_id, link_id, src, amount_minor,
                                    currency, status, occurred_at, customer_external_id, promo_code, decision)
            VALUES ($1, $2, $3, $1::uuid::text, $4, $4, $4, $5, $6, 'EUR', 'accepted', $7, $8, $9, 1)
            """;
    private static final String CREDITED =
            """
            WITH decided AS (
                INSERT INTO attribution_decision (conversion_id, number, basis, model, version, window_days, click_missing,
                                                  candidates, decided_at)
                VALUES ($1, 1, 'named', 'last_click', 1, 30, false, '[]', now()))
            INSERT INTO attribution (conversion_id, decision, enrollment_id, affiliate_id, link_id, src, weight_bps, basis)
            VALUES ($1, 1, $2, $2, $2, $3, 10000, 'named')
            """;
    private static final String COMMISSION =
            """
            INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, conversion_id,
                                    amount_minor, currency, status, earned_at)
            VALUES ($1, $2, $3, $3, 'conversion', $1, 'base_rate', $4, $5, 'EUR', 'pending', $6)
            """;
    private static final String CLICKS =
            """
            INSERT INTO click_hourly (hour, link_id, src, country, device, program_id, affiliate_id, clicks, uniques,
                                      duplicates, unverified, bots, prefetches, heads)
            VALUES ($1, $2, $3, $4, 'mobile', $5, $2, $6, $7, 0, 0, 0, 0, 0)
            """;
    private static final String REFERRAL =
            """
            INSERT INTO referral (id, program_id, enrollment_id, affiliate_id, customer_external_id, status, signed_up_at,
                                  converted_at, churned_at)
            VALUES ($1, $2, $3, $3, $4, 'signed_up', $5, $6, $7)
            """;
    private static final String REFUND =
            """
            WITH taken AS (
                UPDATE conversion SET refunded_minor = refunded_minor + $4, status = 'refunded' WHERE id = $2)
            INSERT INTO refund (id, program_id, external_id, kind, sale_external_id, conversion_id, amount_minor, currency,
                                occurred_at)
            VALUES ($1, $3, $1::uuid::text, 'refund', $2::uuid::text, $2, $4, 'EUR', $5)
            """;
    private static final String PAYOUT =
            """
            INSERT INTO payout (id, kind, program_id, enrollment_id, affiliate_id, rail, method_id, gross_minor, fee_minor,
                                withheld_minor, currency, state, requested_by, key, destination, body, attempts, first_at,
                                send_not_after, not_before, submitted_at, next_kind, settled_minor, created_at, updated_at,
                                paid_at, ended_at)
            VALUES ($1, 'request', $2, $3, $3, $4, $3, $5, 100, 0, 'EUR', $6, 'test', $1::uuid::text, '', '', 1, $7, $7, $7,
                    $7, 'nothing', 0, $7, $7, CASE $6 WHEN 'paid' THEN $7 END, $7)
            """;

    void clicks(UUID affiliate, String hour, String src, String country, long clicks, long uniques) {
        run(CLICKS, Tuple.of(at(hour), affiliate, src, country, program, clicks).addLong(uniques));
    }

    void lead(UUID affiliate, String at, String src) {
        run(CONVERSION, conversion(ids.next(), "lead", affiliate, at, src, 0, null, null));
    }

    UUID sale(UUID affiliate, String at, String src, long amount) {
        return sale(affiliate, at, src, amount, null, null);
    }

    UUID sale(UUID affiliate, String at, String src, long amount, @Nullable String customer, @Nullable String code) {
        UUID id = ids.next();
        run(CONVERSION, conversion(id, "sale", affiliate, at, src, amount, customer, code));
        run(CREDITED, Tuple.of(id, affiliate, src));
        run(
                COMMISSION,
                Tuple.of(ids.next(), program, affiliate, id, amount / 10).addOffsetDateTime(at(at)));
        return id;
    }

    private Tuple conversion(
            UUID id,
            String kind,
            UUID affiliate,
            String at,
            String src,
            long amount,
            @Nullable String customer,
            @Nullable String code) {
        return Tuple.of(id, program, kind, affiliate, src, amount)
                .addOffsetDateTime(at(at))
                .addString(customer)
                .addString(code);
    }

    void refund(UUID sale, String at, long amount) {
        run(REFUND, Tuple.of(ids.next(), sale, program, amount, at(at)));
    }

    void customer(UUID affiliate, String name, String signedUp, @Nullable String converted, @Nullable String churned) {
        run(
                REFERRAL,
                Tuple.of(ids.next(), program, affiliate, name, at(signedUp))
                        .addOffsetDateTime(converted == null ? null : at(converted))
                        .addOffsetDateTime(churned == null ? null : at(churned)));
    }

    /** Made at a moment; {@code paid} or {@code failed}. */
    void payout(UUID affiliate, String at, String rail, long gross, String state) {
        UUID id = new UUID(
                Ids.floor(at(at).toInstant()).getMostSignificantBits(),
                ids.next().getLeastSignificantBits());
        run(PAYOUT, Tuple.of(id, program, affiliate, rail, gross, state).addOffsetDateTime(at(at)));
    }

    void code(UUID affiliate, String code) {
        run(
                """
                INSERT INTO discount_code (id, program_id, enrollment_id, code, code_key, status, created_at, updated_at)
                VALUES ($1, $2, $3, $4, $4, 'active', now(), now())
                """,
                Tuple.of(ids.next(), program, affiliate, code));
    }

    /** Nobody told of any of it by events, so the rollups are made of it anew. */
    void told() {
        // as the server does for every program within a minute: no month of it is closed yet
        run(
                "INSERT INTO rollup_program (program_id, time_zone, closed_to) SELECT id, time_zone, '2000-01-01' FROM program"
                        + " WHERE id = $1 ON CONFLICT DO NOTHING",
                Tuple.of(program));
        run("SELECT rollup_rebuild($1, '2025-12-01', '2026-05-01')", Tuple.of(program));
        while (pool.query("SELECT rollup_fold_facts(500)")
                        .execute()
                        .await()
                        .atMost(ANSWER)
                        .iterator()
                        .next()
                        .getInteger(0)
                > 0) {}
    }

    private static OffsetDateTime at(String moment) {
        return Instant.parse(moment).atOffset(ZoneOffset.UTC);
    }

    private void run(String sql, Tuple arguments) {
        pool.preparedQuery(sql).execute(arguments).await().atMost(ANSWER);
    }
}
