package dev.tributary;

import dev.tributary.id.TypeId;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Several affiliates of one program, who bring customers, sales and clicks: made straight in the database. */
public final class Runners {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String JOIN =
            """
            WITH a AS (
              INSERT INTO affiliate (id, name, email, email_key, status, issuer, subject, created_at, updated_at)
              VALUES ($1, $4, $1::uuid || '@mail.example', $1::uuid || '@mail.example', 'active', 'https://issuer.test',
                      $1::uuid::text, now(), now())),
            c AS (INSERT INTO referral_code (code_key, created_at) VALUES ($3, now()))
            INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at, updated_at)
            VALUES ($1, $2, $1, 'active', $3, $3, now(), now())
            """;

    private final Pool pool;
    private final Promoter first;

    public Runners(Pool pool, String timeZone) {
        this.pool = pool;
        first = Promoter.in(pool, timeZone);
    }

    /** Of the program and of its first affiliate, who is called Ada. */
    public UUID program() {
        return first.id();
    }

    public String programId() {
        return first.programId();
    }

    /** One more of this name, whose affiliate and enrollment have one id. */
    public UUID join(String name) {
        UUID id = UUID.randomUUID();
        query(JOIN, id, program(), "N" + id.toString().substring(19).toUpperCase(), name);
        return id;
    }

    /** Customers who signed up at some moment. */
    public void referrals(UUID affiliate, int count, Instant at) {
        IntStream.range(0, count)
                .forEach(i -> query(
                        """
                        INSERT INTO referral (id, program_id, enrollment_id, affiliate_id, customer_external_id, status, signed_up_at)
                        SELECT gen_random_uuid(), $1, id, $2, gen_random_uuid()::text, 'signed_up', $3
                          FROM enrollment WHERE program_id = $1 AND affiliate_id = $2
                        """,
                        program(),
                        affiliate,
                        at.atOffset(ZoneOffset.UTC)));
    }

    /** A sale of some amount in EUR, of which so much was given back. */
    public UUID sale(UUID affiliate, long amount, long refunded, Instant at) {
        UUID id = UUID.randomUUID();
        query(
                """
                INSERT INTO conversion (id, program_id, kind, external_id, enrollment_id, affiliate_id, amount_minor,
                                        refunded_minor, currency, status, occurred_at, decision)
                SELECT $1, $2, 'sale', $1::uuid::text, id, $3, $4, $5, 'EUR', 'accepted', $6, 1
                  FROM enrollment WHERE program_id = $2 AND affiliate_id = $3
                """,
                id,
                program(),
                affiliate,
                amount,
                refunded,
                at.atOffset(ZoneOffset.UTC));
        return id;
    }

    /** A commission that stands, without a conversion. */
    public void earned(UUID affiliate, String source, long amount, Instant at) {
        query(
                """
                INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, amount_minor,
                                        currency, status, earned_at)
                SELECT gen_random_uuid(), $1, id, $2, $3, gen_random_uuid(), 'test', $4, 'EUR', 'pending', $5
                  FROM enrollment WHERE program_id = $1 AND affiliate_id = $2
                """,
                program(),
                affiliate,
                source,
                amount,
                at.atOffset(ZoneOffset.UTC));
    }

    /** Clicks of one hour. */
    public void clicks(UUID affiliate, long count, Instant hour) {
        query(
                """
                INSERT INTO click_hourly (hour, link_id, src, country, device, program_id, affiliate_id, clicks, uniques,
                                          duplicates, unverified, bots, prefetches, heads)
                VALUES (date_trunc('hour', $1::timestamptz, 'UTC'), $2, '', '', '', $3, $2, $4, $4, 0, 0, 0, 0, 0)
                """,
                hour.atOffset(ZoneOffset.UTC),
                affiliate,
                program(),
                count);
    }

    /** Brings what was made here into the figures by which others are read. */
    public void fold() {
        query(
                """
                INSERT INTO rollup_program (program_id, time_zone, closed_to)
                SELECT id, time_zone, '2000-01-01' FROM program WHERE id = $1 ON CONFLICT DO NOTHING
                """,
                program());
        query("SELECT rollup_rebuild($1, DATE '2000-01-01', DATE '2100-01-01')", program());
        while (query("SELECT rollup_fold_facts(1000) AS done").get(0).getInteger("done") > 0) {}
    }

    /** A request with this affiliate's token. */
    public RequestSpecification asks(UUID affiliate) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.as(affiliate.toString(), "affiliate"))
                .accept("application/json")
                .contentType("application/json");
    }

    public static RequestSpecification staff() {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.as("ann", "admin"))
                .accept("application/json")
                .contentType("application/json");
    }

    public static String idOf(UUID affiliate) {
        return TypeId.AFFILIATE.format(affiliate);
    }

    public List<Row> query(String sql, Object... values) {
        List<Object> bound = new ArrayList<>(List.of(values));
        return StreamSupport.stream(
                        pool.preparedQuery(sql)
                                .execute(Tuple.tuple(bound))
                                .await()
                                .atMost(ANSWER)
                                .spliterator(),
                        false)
                .toList();
    }
}
