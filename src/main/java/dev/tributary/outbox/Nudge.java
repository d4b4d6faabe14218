package dev.tributary.outbox;

import dev.tributary.postgres.Notifier;
import dev.tributary.postgres.Transactions;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Wakes the relays right after a commit that appended something: this process's own at once, the others by a notification
 * of which at most one is sent in ten milliseconds. What is lost is found by the sweep.
 */
@ApplicationScoped
class Nudge {
    private final Transactions transactions;
    private final Runnable wake;

    Nudge(Transactions transactions, Notifier notifier, Relay relay) {
        this.transactions = transactions;
        this.wake = () -> {
            relay.nudge();
            notifier.changed("outbox");
        };
    }

    void after(SqlConnection tx) {
        transactions.afterCommit(tx, wake);
    }
}
