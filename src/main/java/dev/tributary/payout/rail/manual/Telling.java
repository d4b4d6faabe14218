package dev.tributary.payout.rail.manual;

import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Notices;
import dev.tributary.postgres.Transactions;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Tells payouts what became of their entries, one transaction each, after it stands in the database. What is not told, because
 * the process ends in between, every payout asks for itself within the hour.
 */
@ApplicationScoped
class Telling {
    private static final Logger LOG = Logger.getLogger(Telling.class);

    private final FileEntryRepository entries;
    private final List<Notices> notices;
    private final Transactions transactions;

    Telling(FileEntryRepository entries, @All List<Notices> notices, Transactions transactions) {
        this.entries = entries;
        this.notices = notices;
        this.transactions = transactions;
    }

    /** Begins after the commit, and goes on by itself. */
    void after(SqlConnection tx, List<UUID> payouts) {
        transactions.afterCommit(
                tx, () -> all(payouts).subscribe().with(told -> {}, failure -> LOG.error("Telling ended", failure)));
    }

    Uni<Void> all(List<UUID> payouts) {
        return Multi.createFrom()
                .iterable(payouts)
                .onItem()
                .transformToUniAndConcatenate(this::one)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Boolean> one(UUID payout) {
        return transactions
                .run(tx -> entries.find(tx, payout).chain(found -> tell(tx, found.orElseThrow())))
                .replaceWith(true)
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("A payout could not be told of its entry, and will ask: %s", failure.getClass());
                    return false;
                });
    }

    private Uni<Void> tell(SqlConnection tx, FileEntry entry) {
        if (notices.isEmpty()) return Uni.createFrom().voidItem();
        String event = "%s-%s".formatted(entry.reference(), entry.state().word());
        Notice notice = new Notice(event, Optional.of(entry.payoutId()), entry.transfer());
        return notices.get(0).take(tx, ManualRail.NAME, notice).replaceWithVoid();
    }
}
