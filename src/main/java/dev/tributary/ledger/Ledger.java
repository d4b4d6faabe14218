package dev.tributary.ledger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The door to the books: books entries, and answers what an enrollment is owed. */
@ApplicationScoped
public class Ledger {
    /** In one call; five times what the largest caller has, so that a runaway one shows. */
    public static final int MAX_ENTRIES = 2_000;

    private final LedgerRepository repository;
    private final CloseRepository closed;

    Ledger(LedgerRepository repository, CloseRepository closed) {
        this.repository = repository;
        this.closed = closed;
    }

    /**
     * Books entries in the caller's transaction, in one statement; answers how many were new. An entry whose source, kind
     * and number are booked already is left out, so any call may be repeated; one that is booked already with another
     * amount is a bug of the caller and fails. It locks the balances it moves, in their order: call it last, once in a
     * transaction. Taking more than there is fails with {@link Overdrawn}.
     */
    public Uni<Integer> post(SqlConnection tx, List<Entry> entries) {
        if (entries.isEmpty()) return Uni.createFrom().item(0);
        if (entries.size() > MAX_ENTRIES)
            throw new IllegalArgumentException(entries.size() + " entries are more than " + MAX_ENTRIES);
        return repository.post(tx, entries);
    }

    /** What an enrollment is owed at this moment; no lines before its first entry. */
    public Uni<Balances> balances(SqlConnection c, UUID enrollmentId) {
        return repository.balances(c, enrollmentId);
    }

    /**
     * What is available to these enrollments in one currency, at most {@value #MAX_ENTRIES} of them, locked in the order in
     * which booking locks it: until the caller's transaction ends, nothing of it moves. Nothing for whom never had an entry.
     */
    public Uni<Map<UUID, Long>> lockAvailable(SqlConnection tx, Collection<UUID> enrollments, String currency) {
        if (enrollments.size() > MAX_ENTRIES)
            throw new IllegalArgumentException(enrollments.size() + " balances are more than " + MAX_ENTRIES);
        return repository.lockAvailable(tx, enrollments, currency);
    }

    /**
     * What the accounts of a program or of a rail held before a moment: what the books say that were closed last before it, and
     * what was booked since. No lines before the first entry.
     */
    public Uni<List<Holding>> held(SqlConnection c, UUID owner, Instant asOf) {
        return closed.held(c, owner, asOf);
    }
}
