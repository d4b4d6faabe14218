package dev.tributary.access;

import dev.tributary.postgres.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * When keys were last used, gathered and written a few seconds later, at most once a minute a key. What a crash or a
 * database that is away loses is the last minute of a date that people look at by the day.
 */
@ApplicationScoped
class KeyUse {
    private static final Logger LOG = Logger.getLogger(KeyUse.class);
    /** A statement of some milliseconds; what comes above it in one round is written in the next minute's. */
    private static final int MOST = 5_000;

    private final ApiKeyRepository repository;
    private final Transactions transactions;
    private final Clock clock;
    private final Map<UUID, Instant> gathered = new ConcurrentHashMap<>();

    KeyUse(ApiKeyRepository repository, Transactions transactions, Clock clock) {
        this.repository = repository;
        this.transactions = transactions;
        this.clock = clock;
    }

    void note(KnownKey key) {
        Instant now = clock.instant();
        if (gathered.size() < MOST && key.usedAt(now)) gathered.put(key.key().id(), now);
    }

    /** Writes what has been gathered; a failure is no harm. */
    void write() {
        if (gathered.isEmpty()) return;
        UUID[] ids = gathered.keySet().toArray(UUID[]::new);
        for (UUID id : ids) gathered.remove(id);
        transactions
                .run(tx -> repository.used(tx, ids, clock.instant()))
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("Uses of keys were not written: %s", failure.getMessage()));
    }
}
