package dev.tributary;

import static io.restassured.RestAssured.given;

import dev.tributary.id.TypeId;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;

/**
 * An affiliate in a program, made straight in the database, with an account that signs in. Affiliate, program, enrollment and
 * default link have one id.
 */
public final class Promoter {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String JOIN =
            """
            WITH p AS (
                INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, created_at,
                                     updated_at)
                VALUES ($1, 'Eco', $1::uuid::text, 'https://shop.example/welcome', '{shop.example,*.shop.example}', 'EUR', $4,
                        'eco', now(), now())),
            c AS (INSERT INTO referral_code (code_key, created_at) VALUES ($3, now())),
            e AS (
                INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at, updated_at)
                VALUES ($1, $1, $2, 'active', $3, $3, now(), now()))
            INSERT INTO link (id, enrollment_id, program_id, affiliate_id, code, code_key, src, status, created_at, updated_at)
            VALUES ($1, $1, $1, $2, $3, $3, '', 'active', now(), now())
            """;
    private static final String PERSON =
            """
            INSERT INTO affiliate (id, name, email, email_key, status, issuer, subject, created_at, updated_at)
            VALUES ($1, 'Ada', $1::uuid || '@mail.example', $1::uuid || '@mail.example', 'active', 'https://issuer.test',
                    $1::uuid::text, now(), now())
            """;

    /** Past the triggers that refuse it, two of which stand in any mode. */
    private static final String FORGET =
            """
            BEGIN;
            SET LOCAL session_replication_role = replica;
            ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only;
            ALTER TABLE ledger_balance DISABLE TRIGGER ledger_balance_kept;
            CREATE TEMP TABLE made ON COMMIT DROP AS
                SELECT id, program_id FROM enrollment
                 WHERE program_id IN (SELECT program_id FROM enrollment WHERE id = program_id);
            DELETE FROM ledger_entry WHERE enrollment_id IN (SELECT id FROM made);
            DELETE FROM ledger_balance WHERE enrollment_id IN (SELECT id FROM made);
            DELETE FROM payout WHERE program_id IN (SELECT program_id FROM made);
            DELETE FROM commission WHERE program_id IN (SELECT program_id FROM made);
            ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_append_only;
            ALTER TABLE ledger_balance ENABLE ALWAYS TRIGGER ledger_balance_kept;
            COMMIT
            """;

    private final Pool pool;
    private final UUID id;
    private final String code;

    private Promoter(Pool pool, UUID id, String code) {
        this.pool = pool;
        this.id = id;
        this.code = code;
    }

    /** One in a program of its own, whose days are those of the time zone. */
    public static Promoter in(Pool pool, String timeZone) {
        UUID id = UUID.randomUUID();
        pool.preparedQuery(PERSON).execute(Tuple.of(id)).await().atMost(ANSWER);
        return new Promoter(pool, id, join(pool, id, id, timeZone));
    }

    /** Takes part in one more program, in UTC; answers its id. */
    public UUID another() {
        UUID program = UUID.randomUUID();
        join(pool, program, id, "UTC");
        return program;
    }

    private static String join(Pool pool, UUID program, UUID affiliate, String timeZone) {
        String code = "P" + program.toString().substring(24).toUpperCase();
        pool.preparedQuery(JOIN)
                .execute(Tuple.of(program, affiliate, code, timeZone))
                .await()
                .atMost(ANSWER);
        return code;
    }

    public UUID id() {
        return id;
    }

    /** Takes away what tests wrote of payouts and books without each other, before others check that they agree. */
    public static void forgetMoney(Pool pool) {
        pool.query(FORGET).execute().await().atMost(ANSWER);
    }

    /** Of the first enrollment and its default link. */
    public String code() {
        return code;
    }

    public String programId() {
        return TypeId.PROGRAM.format(id);
    }

    public String linkId() {
        return TypeId.LINK.format(id);
    }

    /** A request with this affiliate's token. */
    public RequestSpecification asks() {
        return given().auth()
                .oauth2(Tokens.as(id.toString(), "affiliate"))
                .accept("application/json")
                .contentType("application/json");
    }
}
