package dev.tributary.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A handler whose effect is a row, and which fails as often as the event's payload says, or cuts its own connection. */
@ApplicationScoped
class Recorder implements EventHandler {
    static final String TYPE = "test.happened";
    static final String TABLE =
            """
            CREATE TABLE IF NOT EXISTS test_effect (id bigint GENERATED ALWAYS AS IDENTITY, event_id uuid NOT NULL,
                aggregate_id uuid NOT NULL, number integer NOT NULL)
            """;

    final Map<UUID, AtomicInteger> attempts = new ConcurrentHashMap<>();

    @Override
    public String consumer() {
        return "test.recorder";
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public Uni<Void> handle(SqlConnection tx, Event event) {
        int attempt =
                attempts.computeIfAbsent(event.id(), id -> new AtomicInteger()).incrementAndGet();
        Uni<Void> effect = tx.preparedQuery(
                        "INSERT INTO test_effect (event_id, aggregate_id, number) VALUES ($1, $2, $3)")
                .execute(Tuple.of(
                        event.id(), event.aggregateId(), event.payload().getInteger("number")))
                .replaceWithVoid();
        if (attempt <= event.payload().getInteger("failures", 0)) {
            return effect.chain(() -> Uni.createFrom().failure(new IllegalStateException("not yet")));
        }
        if (attempt == 1 && event.payload().getBoolean("cutsConnection", false)) {
            return effect.chain(() -> tx.query("SELECT pg_terminate_backend(pg_backend_pid())")
                            .execute())
                    .replaceWithVoid();
        }
        return effect;
    }
}
