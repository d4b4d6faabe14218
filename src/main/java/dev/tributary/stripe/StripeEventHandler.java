package dev.tributary.stripe;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Set;

/** What a room makes of Stripe's events; found by CDI. A type has one handler at most. */
public interface StripeEventHandler {
    /** Such as {@code invoice.paid}. */
    Set<String> types();

    /**
     * Has the effect of one event, in the transaction that notes it: each event once, unless it is to wait. What fails is
     * rolled back, and Stripe sends the event again.
     */
    Uni<StripeEffect> handle(SqlConnection tx, StripeEvent event);
}
