package dev.tributary.click;

import dev.tributary.postgres.Transactions;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;

/** Makes links straight in the database, each with a program, an affiliate and an enrollment of its own. */
final class TrackedLinks {
    static final int WINDOW_DAYS = 45;
    private static final String SHOP = "https://shop.example/";

    private static final String INSERT =
            """
            WITH a AS (
                INSERT INTO affiliate (id, name, email, email_key, status, created_at, updated_at)
                VALUES ($1, 'Ada', $1::uuid || '@mail.example', $1::uuid || '@mail.example', 'active', now(), now())),
            p AS (
                INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source,
                                     window_days, honor_gpc, created_at, updated_at)
                VALUES ($1, 'Eco', $1::uuid::text, $5, '{shop.example,*.shop.example}', 'EUR', 'UTC', 'eco',
                        45, $3, now(), now())),
            c AS (
                INSERT INTO referral_code (code_key, created_at) VALUES ($2, now())),
            e AS (
                INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at, updated_at)
                VALUES ($1, $1, $1, 'active', $2, $2, now(), now()))
            INSERT INTO link (id, enrollment_id, program_id, affiliate_id, code, code_key, src, status, created_at, updated_at)
            VALUES ($1, $1, $1, $1, $2, $2, '', $4, now(), now())
            """;

    private final Transactions transactions;

    TrackedLinks(Transactions transactions) {
        this.transactions = transactions;
    }

    /** A link that may earn; the code is in upper case. */
    String active(boolean honorGpc) {
        return insert(honorGpc, "active", SHOP);
    }

    String paused() {
        return insert(true, "paused", SHOP);
    }

    /** A link that may earn and leads here. */
    String leadingTo(String landingUrl) {
        return insert(true, "active", landingUrl);
    }

    private String insert(boolean honorGpc, String status, String landingUrl) {
        UUID id = UUID.randomUUID();
        String code = "T" + id.toString().substring(24).toUpperCase();
        transactions
                .run(tx -> tx.preparedQuery(INSERT).execute(Tuple.of(id, code, honorGpc, status, landingUrl)))
                .await()
                .atMost(Duration.ofSeconds(10));
        return code;
    }
}
