package dev.tributary.access;

import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The keys that requests have shown lately, in memory: a request with one of them asks PostgreSQL nothing, and is let in
 * while PostgreSQL is away. A key that is not there is read from its row, once for all requests that show it then.
 *
 * <p>A refresh reads the rows with a version above the last one seen, minus an overlap, because versions come from a
 * sequence and commit out of order, and replaces those that are here. What was read before a refresh is not kept after
 * it, so that an old row cannot come in behind the refresh that read the new one.
 */
@ApplicationScoped
class KeyCache {
    private static final Logger LOG = Logger.getLogger(KeyCache.class);
    /** Some 20 MB; all affiliates of a large installation who use a key in the same hours. */
    static final int MOST_KEYS = 50_000;
    /** Below the pool's queue of 256: a flood of keys that do not exist must leave it to others. */
    static final int MOST_LOOKUPS = 128;
    /** No transaction lasts longer than its deadline of seconds; far fewer changes than this are made in that time. */
    private static final long OVERLAP = 2_000;

    private final ApiKeyRepository repository;
    private final Transactions transactions;
    private final Map<KeyHash, KnownKey> known = Recent.atMost(MOST_KEYS);
    private final Map<KeyHash, Uni<Optional<KnownKey>>> lookups = new ConcurrentHashMap<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile long generation;
    /** Negative until the first refresh. */
    private volatile long seen = -1;

    KeyCache(ApiKeyRepository repository, Transactions transactions) {
        this.repository = repository;
        this.transactions = transactions;
    }

    /** The key with this hash, whatever its state; fails when it is not known here and PostgreSQL does not answer. */
    Uni<Optional<KnownKey>> find(KeyHash hash) {
        KnownKey here = known.get(hash);
        if (here != null) return Uni.createFrom().item(Optional.of(here));
        if (!lookups.containsKey(hash) && lookups.size() >= MOST_LOOKUPS)
            return Uni.createFrom().failure(new Problem(ProblemKind.UNAVAILABLE, "Too many keys are being checked"));
        return lookups.computeIfAbsent(hash, this::lookup).emitOn(CallerContext.current());
    }

    private Uni<Optional<KnownKey>> lookup(KeyHash hash) {
        long before = generation;
        return transactions
                .read(c -> repository.find(c, hash))
                .map(found -> found.map(KnownKey::new))
                .invoke(found -> found.ifPresent(key -> keep(hash, key, before)))
                .onTermination()
                .invoke(() -> lookups.remove(hash))
                .memoize()
                .indefinitely();
    }

    private synchronized void keep(KeyHash hash, KnownKey key, long before) {
        if (generation == before) known.put(hash, key);
    }

    private synchronized void take(List<ApiKeyRepository.Changed> rows) {
        generation++;
        for (ApiKeyRepository.Changed row : rows) {
            known.computeIfPresent(row.hash(), (hash, old) -> new KnownKey(row.key()));
            seen = Math.max(seen, row.version());
        }
    }

    /** Reads what changed, now; while a refresh runs, once more after it. */
    void refresh() {
        again.set(true);
        if (!running.compareAndSet(false, true)) return;
        again.set(false);
        (seen < 0 ? begin() : changes(Math.max(0, seen - OVERLAP))).subscribe().with(done -> finished(), failure -> {
            LOG.debugf("API keys were not refreshed: %s", failure.getMessage());
            running.set(false);
        });
    }

    private void finished() {
        running.set(false);
        if (again.get()) refresh();
    }

    /** From here on changes are followed; what was read before is read again. */
    private Uni<Void> begin() {
        return transactions
                .read(repository::version)
                .invoke(version -> {
                    synchronized (this) {
                        generation++;
                        known.clear();
                        seen = version;
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> changes(long since) {
        return transactions
                .read(c -> repository.changedSince(c, since))
                .invoke(this::take)
                .chain(rows -> rows.size() < ApiKeyRepository.PAGE
                        ? Uni.createFrom().voidItem()
                        : changes(rows.get(rows.size() - 1).version()));
    }
}
