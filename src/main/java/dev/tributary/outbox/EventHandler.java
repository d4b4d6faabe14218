package dev.tributary.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
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
}
