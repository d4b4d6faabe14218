package dev.tributary.payout;

import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/** The door to payouts that have been made: reads them, and changes them by steps that are written whole. */
@ApplicationScoped
public class Payouts {
    /** As many as staff decide about at once. */
    public static final int MOST = Deeds.MOST;

    private final PayoutRepository repository;
    private final Deeds deeds;
    private final Dispatch dispatch;
    private final Transactions transactions;
    private final Clock clock;

    Payouts(PayoutRepository repository, Deeds deeds, Dispatch dispatch, Transactions transactions, Clock clock) {
        this.repository = repository;
        this.deeds = deeds;
        this.dispatch = dispatch;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Those that are there, in the order of their ids. */
    public Uni<List<StoredPayout>> find(SqlConnection c, Collection<UUID> ids) {
        return repository.find(c, ids);
    }

    /** One, locked until the caller's transaction ends; 404 where there is none. */
    public Uni<StoredPayout> lock(SqlConnection tx, UUID id) {
        return repository.lock(tx, List.of(id)).map(found -> {
            if (found.isEmpty()) throw Problem.notFound("Payout");
            return found.get(0);
        });
    }

    /** At most {@value #MOST}, locked in the order of their ids; those that are not there are left out. */
    public Uni<List<StoredPayout>> lock(SqlConnection tx, Collection<UUID> ids) {
        if (ids.size() > MOST) throw new IllegalArgumentException("At most " + MOST + " payouts are locked at once");
        return repository.lock(tx, ids);
    }

    /**
     * Changes one that is there; 404 where there is none, and 409 where its state does not allow it, as the step itself says.
     *
     * @param actor the account, for the history
     * @param why for the history, or empty
     */
    public Uni<StoredPayout> change(
            SqlConnection tx, UUID id, String actor, String why, BiFunction<StoredPayout, Instant, Step> how) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return lock(tx, id).chain(found -> {
            Deed deed = Deed.of(found, how.apply(found, now), actor, why);
            return write(tx, List.of(deed), now).replaceWith(deed.after());
        });
    }

    /** Writes what becomes of payouts that the caller's transaction has locked, each in the list once, at most {@value #MOST}. */
    public Uni<Void> write(SqlConnection tx, List<Deed> changes) {
        return write(tx, changes, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private Uni<Void> write(SqlConnection tx, List<Deed> changes, Instant now) {
        nudgeAfter(tx);
        return deeds.write(tx, new ArrayList<>(changes), now);
    }

    /** What is to be sent is looked for right after the transaction, not only by the sweep. */
    void nudgeAfter(SqlConnection tx) {
        transactions.afterCommit(tx, dispatch::nudge);
    }
}
