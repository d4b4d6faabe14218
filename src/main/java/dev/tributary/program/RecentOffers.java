package dev.tributary.program;

import dev.tributary.postgres.Transactions;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The offers of {@link Offers} in memory, forgotten after a second and after each change that this instance commits. */
@ApplicationScoped
class RecentOffers {
    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();
    /** Programs that are looked at within a second; the rest is read each time. */
    private static final int MOST = 1_000;

    private final Transactions transactions;
    private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();
    private long generation;

    RecentOffers(Transactions transactions) {
        this.transactions = transactions;
    }

    /** When something began to be read: kept only where nothing changed since. */
    record Look(long generation, long nanos) {}

    private record Kept(Offer offer, long nanos) {}

    @Nullable
    Offer find(UUID programId) {
        Kept here = kept.get(programId);
        return here != null && System.nanoTime() - here.nanos < KEPT_NANOS ? here.offer : null;
    }

    synchronized Look look() {
        return new Look(generation, System.nanoTime());
    }

    synchronized void keep(UUID programId, Offer offer, Look look) {
        if (generation != look.generation) return;
        if (kept.size() >= MOST) kept.clear();
        kept.put(programId, new Kept(offer, look.nanos));
    }

    /** Forgets all when the transaction commits. */
    void changedBy(SqlConnection tx) {
        transactions.afterCommit(tx, this::forget);
    }

    private synchronized void forget() {
        generation++;
        kept.clear();
    }
}
