package dev.tributary.conversion.attribution;

import dev.tributary.postgres.Transactions;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conversions of one program, stored and decided without an intake. */
public record Shop(Pool pool, Transactions transactions, Attributions attributions, UUID program) {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String STORE =
            """
            INSERT INTO conversion (id, program_id, kind, external_id, amount_minor, currency, occurred_at, decision)
            VALUES ($1, $2, 'sale', $1::uuid::text, $3, 'EUR', $4, 1)
            """;

    /** A sale of an amount to the visitor; answers its id. */
    public UUID sells(long amount, @Nullable UUID visitor, @Nullable UUID click, Instant at) {
        UUID id = Clicked.id(at);
        Tuple row = Tuple.of(id, program, amount, at.atOffset(java.time.ZoneOffset.UTC));
        pool.preparedQuery(STORE).execute(row).await().atMost(ANSWER);
        Evidence evidence = new Evidence(id, 1, program, at, null, null, click, null, visitor, false);
        transactions
                .run(tx -> attributions.decide(tx, List.of(evidence)).chain(made -> attributions.keep(tx, made)))
                .await()
                .atMost(ANSWER);
        return id;
    }

    /** A click of somebody in the program; answers its id. */
    public UUID clicked(UUID affiliate, @Nullable UUID visitor, Instant at) {
        return Clicked.make(pool, at, new Joined(affiliate, affiliate, affiliate), program, visitor, "human", true);
    }

    /** One more affiliate in the program, whose enrollment and link have the same id. */
    public UUID joined() {
        return Joined.to(pool, program).affiliate();
    }
}
