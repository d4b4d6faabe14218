package dev.tributary.analytics.rollup;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/**
 * The steps by which rollups follow what happened. Each is one transaction that adds differences, so a step that dies has
 * done nothing and is done again; two at once, on any instances, come one after the other.
 */
@ApplicationScoped
class Folding {
    /** Some 20 ms; landing waits that long at most. */
    private static final int HOURS = 200;
    /** Rows that are written, about half a second of PostgreSQL's time. */
    private static final int ROWS = 10_000;
    /** Some 100 ms, after which a commission's figures are seen. */
    static final int FACTS = 500;
    /** Affiliates whose month is added up at once: each has some ten to a thousand rows of it. */
    private static final int AFFILIATES = 1_000;
    /** Clicks and facts of a day: as many rows are read in a tenth of a millisecond. */
    private static final int BUSY = 100;
    /** Of steps that nobody waits for; the longest adds up ninety days of a hundred thousand affiliates. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Transactions transactions;
    private final RollupRepository repository;
    private final Clock clock;

    Folding(Transactions transactions, RollupRepository repository, Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.clock = clock;
    }

    /** Aggregates that were told of; answers how many were looked at. */
    Uni<Integer> facts() {
        return transactions.run(DEADLINE, tx -> repository.foldFacts(tx, FACTS));
    }

    /**
     * The hours that are over for six minutes; answers how many were folded. Taken first, in a transaction that landing
     * waits for. What lands later still is folded then, as another difference.
     */
    Uni<Integer> clicks() {
        return transactions
                .run(tx -> repository.take(tx, HOURS))
                .chain(() -> transactions.run(DEADLINE, tx -> repository.foldClicks(tx, ROWS)));
    }

    /** A part of a month that is over; answers how many affiliates it was. */
    Uni<Integer> close() {
        return transactions.run(DEADLINE, tx -> repository.close(tx, clock.instant(), AFFILIATES));
    }

    /** A window of days that are over; answers whether there was one. */
    Uni<Integer> trail() {
        return transactions.run(DEADLINE, tx -> repository.trail(tx, clock.instant()));
    }

    /** A day that is over, of those affiliates who were busy on it; answers whether there was one. */
    Uni<Integer> share() {
        return transactions.run(DEADLINE, tx -> repository.share(tx, clock.instant(), BUSY));
    }

    /** What waits to be folded. */
    Uni<RollupRepository.Lag> lag() {
        return transactions.read(c -> repository.lag(c));
    }
}
