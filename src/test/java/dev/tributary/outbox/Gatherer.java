package dev.tributary.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A handler that takes many, whose effects are rows, and which cannot stand an event that is poison. */
@ApplicationScoped
class Gatherer implements EventHandler {
    static final String TYPE = "test.gathered";

    private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

    /** How many came together, each time. */
    List<Integer> sizes() {
        return List.copyOf(sizes);
    }

    @Override
    public String consumer() {
        return "test.gatherer";
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public boolean takesMany() {
        return true;
    }

    @Override
    public Uni<Void> handle(SqlConnection tx, Event event) {
        return handle(tx, List.of(event));
    }

    @Override
    public Uni<Void> handle(SqlConnection tx, List<Event> events) {
        sizes.add(events.size());
        Uni<Void> effects = tx.preparedQuery(
                        "INSERT INTO test_effect (event_id, aggregate_id, number) SELECT unnest($1::uuid[]), unnest($2::uuid[]), 0")
                .execute(Tuple.of(
                        events.stream().map(Event::id).toArray(UUID[]::new),
                        events.stream().map(Event::aggregateId).toArray(UUID[]::new)))
                .replaceWithVoid();
        boolean poison = events.stream().anyMatch(event -> event.payload().getBoolean("poison", false));
        return poison ? effects.chain(() -> Uni.createFrom().failure(new IllegalStateException("poison"))) : effects;
    }
}
