package dev.tributary.payout.reconcile;

import dev.tributary.ledger.SeededBreaches;
import jakarta.inject.Singleton;
import java.util.List;

/** What reconciliation leaves lying. */
@Singleton
class ReconcileBreaches implements SeededBreaches {
    private static final String OLD =
            """
            INSERT INTO reconcile_item (id, rail, kind, transfer_id, detail, first_seen, last_seen)
            VALUES (gen_random_uuid(), 'manual', 'missing_here', 'tr_of_nobody', 'no payout is known', now() - interval '25 hours', now())
            """;

    @Override
    public List<Breach> all() {
        return List.of(new Breach("reconciliation-explained", OLD));
    }
}
