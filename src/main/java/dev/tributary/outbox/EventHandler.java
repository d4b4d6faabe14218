package dev.tributary.outbox;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Set;

/** What one room does on events of others; found by CDI. */
public interface EventHandler {
    /** A name that never changes and no other handler has, such as {@code link.default}: delivery state is kept under it. */
    String consumer();

    /** The event types it wants; events appended before it wanted them do not reach it. */
    Set<String> types();

    /**
     * Has the effect in the transaction that also marks the event delivered, so both happen or neither. Within
     * {@code Transactions.DEADLINE}; a failure is retried with growing pauses and in the end parked.
     */
    Uni<Void> handle(SqlConnection tx, Event event);

    /**
     * Whether many events may come in one transaction, in any order. A batch that fails is delivered again one by one, so that
     * what one event is the cause of stops no other.
     */
    default boolean takesMany() {
        return false;
    }

    /** Of who takes many: the effects of all of them, as {@link #handle(SqlConnection, Event)} has that of one. */
    default Uni<Void> handle(SqlConnection tx, List<Event> events) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUniAndConcatenate(event -> handle(tx, event))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
