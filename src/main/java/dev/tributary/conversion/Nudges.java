package dev.tributary.conversion;

import dev.tributary.postgres.Transactions;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** Tells those who compute commissions that there is work, once the transaction that made it commits. */
@ApplicationScoped
class Nudges {
    private final Transactions transactions;
    private final List<Runnable> told;

    Nudges(Transactions transactions, Instance<ConversionsDue> due) {
        this.transactions = transactions;
        told = due.stream().<Runnable>map(one -> one::nudge).toList();
    }

    void after(SqlConnection tx) {
        told.forEach(nudge -> transactions.afterCommit(tx, nudge));
    }
}
