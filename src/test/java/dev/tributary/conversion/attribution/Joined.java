package dev.tributary.conversion.attribution;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;

/** One more affiliate in a program, made straight in the database, with a link. */
record Joined(UUID enrollment, UUID affiliate, UUID link) {
    private static final String PERSON =
            """
            INSERT INTO affiliate (id, name, email, email_key, status, created_at, updated_at)
            VALUES ($1, 'Ben', $1::uuid || '@mail.example', $1::uuid || '@mail.example', 'active', now(), now())
            """;
    private static final String JOIN =
            """
            WITH c AS (INSERT INTO referral_code (code_key, created_at) VALUES ($3, now())),
            e AS (
                INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at, updated_at)
                VALUES ($2, $1, $2, 'active', $3, $3, now(), now()))
            INSERT INTO link (id, enrollment_id, program_id, affiliate_id, code, code_key, src, status, created_at, updated_at)
            VALUES ($2, $2, $1, $2, $3, $3, '', 'active', now(), now())
            """;

    static Joined to(Pool pool, UUID program) {
        UUID id = UUID.randomUUID();
        pool.preparedQuery(PERSON).execute(Tuple.of(id)).await().atMost(Duration.ofSeconds(10));
        pool.preparedQuery(JOIN)
                .execute(Tuple.of(program, id, "J" + id.toString().substring(24).toUpperCase()))
                .await()
                .atMost(Duration.ofSeconds(10));
        return new Joined(id, id, id);
    }
}
