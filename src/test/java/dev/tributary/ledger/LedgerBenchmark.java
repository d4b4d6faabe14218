package dev.tributary.ledger;

import dev.tributary.Promoter;
import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What booking costs, through the door and with its commit: {@code ./mvnw test -Dtest=LedgerBenchmark}. Everything is measured
 * in turn, round after round, beside a transaction of one trivial statement, so that a noisy minute falls on all alike; it
 * prints the median transactions and entries a second.
 */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class LedgerBenchmark {
    private static final int ROUNDS = 5;
    private static final int PEOPLE = 200;
    private static final Duration ANSWER = Duration.ofMinutes(2);

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    Ledger ledger;

    private enum Load {
        TRIVIAL(0, 4_000, 32),
        ONE(1, 4_000, 32),
        TEN(10, 1_000, 8),
        /** Who books so many has no more than two of these at once. */
        FIVE_HUNDRED(500, 60, 2);

        private final int entries;
        private final int times;
        private final int inFlight;
        private final double[] perSecond = new double[ROUNDS];

        Load(int entries, int times, int inFlight) {
            this.entries = entries;
            this.times = times;
            this.inFlight = inFlight;
        }
    }

    @Test
    void measure() {
        List<Purse> people = IntStream.range(0, PEOPLE)
                .mapToObj(i -> Promoter.in(pool, "UTC").id())
                .map(id -> new Purse(id, id, "EUR"))
                .toList();
        for (Load load : Load.values()) run(load, people);
        for (int round = 0; round < ROUNDS; round++)
            for (Load load : Load.values()) load.perSecond[round] = run(load, people);
        for (Load load : Load.values()) {
            Arrays.sort(load.perSecond);
            double median = load.perSecond[ROUNDS / 2];
            System.out.printf(
                    "%-12s %,8.0f transactions a second, %,9.0f entries a second%n",
                    load, median, median * load.entries);
        }
    }

    private double run(Load load, List<Purse> people) {
        long begin = System.nanoTime();
        Multi.createFrom()
                .range(0, load.times)
                .onItem()
                .transformToUni(i -> transactions.run(work(load, people, i)))
                .merge(load.inFlight)
                .collect()
                .last()
                .await()
                .atMost(ANSWER);
        return load.times * 1e9 / (System.nanoTime() - begin);
    }

    private Function<SqlConnection, Uni<Integer>> work(Load load, List<Purse> people, int number) {
        if (load.entries == 0)
            return tx -> tx.preparedQuery("SELECT txid_current()").execute().map(rows -> 0);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < load.entries; i++) {
            Purse purse = people.get((number * 31 + i) % PEOPLE);
            entries.add(Entry.earn(new Source("test_sale", UUID.randomUUID()), purse, 500, Instant.EPOCH, "Sale"));
        }
        return tx -> ledger.post(tx, entries);
    }
}
