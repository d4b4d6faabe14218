package dev.tributary.conversion;

import dev.tributary.postgres.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Counts what is stored, by status and reason: few words each, and none that tells whose it is. */
@ApplicationScoped
class ConversionMetrics {
    private final Transactions transactions;
    private final MeterRegistry registry;

    ConversionMetrics(Transactions transactions, MeterRegistry registry) {
        this.transactions = transactions;
        this.registry = registry;
    }

    /** Once the transaction commits: what was taken back did not happen. */
    void count(SqlConnection tx, List<Draft> stored) {
        if (!stored.isEmpty()) transactions.afterCommit(tx, () -> stored.forEach(this::count));
    }

    private void count(Draft draft) {
        String reason = draft.reason() == null ? "" : draft.reason().word();
        registry.counter(
                        "tributary.conversion.stored",
                        "kind",
                        draft.event().kind().word(),
                        "status",
                        draft.status().word(),
                        "reason",
                        reason)
                .increment();
    }
}
