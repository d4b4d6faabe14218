package dev.tributary.payout.reconcile;

import dev.tributary.ledger.BookCheck;
import dev.tributary.ledger.SqlCheck;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is true of reconciliation at any moment. */
final class ReconcileChecks {
    private ReconcileChecks() {}

    @Produces
    @Singleton
    static BookCheck explained() {
        return new SqlCheck(
                "reconciliation-explained",
                "nothing in which a provider's list and the books differ stays unexplained for over 24 hours",
                """
                SELECT format('%s of %s %s since %s: %s', kind, rail, transfer_id, first_seen, detail)
                  FROM reconcile_item
                 WHERE cleared_at IS NULL AND explained_at IS NULL AND first_seen < now() - interval '24 hours'
                 ORDER BY id LIMIT $1
                """);
    }
}
