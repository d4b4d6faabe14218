package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.MovedClock;
import dev.tributary.embedded.CutStores;
import dev.tributary.embedded.CuttingProxy;
import dev.tributary.payout.rail.Notice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every step of a payout's way with all connections to PostgreSQL cut somewhere within it, before or after the last piece arrived:
 * whatever was in memory is forgotten then, as after a crash. {@code -Dtributary.crashes=6000} is the long course; the seed is
 * printed, and {@code -Dseed=} begins there.
 */
@QuarkusTest
@QuarkusTestResource(value = CutStores.class, restrictToAnnotatedClass = true)
@TestProfile(PayoutCrashDatabaseTest.Alone.class)
class PayoutCrashDatabaseTest {
    private static final int CRASHES = Integer.getInteger("tributary.crashes", 60);
    private static final long SEED = Long.getLong("seed", 20261121L);
    /** After so many, everything that is under way is brought to its end and looked at. */
    private static final int COURSE = 20;
    /** Pieces that a step sends and gets: some more than the longest. */
    private static final int LONGEST = 60;

    private static final int SHORTER = 20;

    /** Some of those that were cut may be handed out once more. */
    private static final int CONNECTIONS = 5;

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final int MOST_QUARTERS = 20;

    /** Its own database, which others cannot bring into disorder. */
    public static final class Alone extends MovedClock.Profile {}

    @Inject
    Paymaster paymaster;

    @Inject
    MemoryRail rail;

    @Inject
    ProviderNotices notices;

    @Inject
    Chunks chunks;

    private final CuttingProxy way = CutStores.proxy();
    private final Random random = new Random(SEED);
    private final int[] cut = new int[Act.values().length];
    private HastyProvider provider;
    private int people;

    /** What is cut. */
    private enum Act {
        RUN,
        CLAIM,
        ANSWER,
        NOTICE
    }

    @Test
    @Timeout(7_200)
    void cut_anywhere_everybody_is_paid_once_and_the_books_are_in_order() throws Exception {
        System.out.printf("%d crashes, seed %d%n", CRASHES, SEED);
        paymaster.begins();
        provider = new HastyProvider(random, paymaster::now);
        rail.replies = provider::send;
        rail.findings = provider::lookUp;
        int done = 0;
        while (done < CRASHES) {
            UUID program = again(() -> paymaster.program(1_000_000));
            int until = Math.min(CRASHES, done + COURSE);
            while (done < until) if (crashes(program)) done++;
            ends();
        }
        System.out.printf(
                "%d crashes (run %d, claim %d, answer %d, notice %d): %d payouts, %d requests, %d carried out, %d paid twice%n",
                done,
                cut[0],
                cut[1],
                cut[2],
                cut[3],
                people,
                provider.requests(),
                provider.carriedOut(),
                provider.twice());
        assertThat(provider.twice()).isZero();
        assertThat(provider.carriedOut()).isEqualTo(people);
    }

    /** Does one thing, cut somewhere; answers whether the cut came before it was over. */
    private boolean crashes(UUID program) throws Exception {
        Act act = Act.values()[random.nextInt(Act.values().length)];
        again(() -> paymaster.member(program, 1_000 + random.nextInt(4) * 1_000));
        people++;
        if (act != Act.RUN) again(() -> paymaster.run(program));
        if (act == Act.NOTICE) again(() -> sentAndNotHeard());
        List<Errand> claimed = act == Act.ANSWER ? again(paymaster::claim) : List.of();
        int before = way.cuts();
        way.cutAfter(1 + random.nextInt(act == Act.RUN ? LONGEST : SHORTER), random.nextBoolean());
        try {
            carryOut(act, program, claimed);
        } catch (RuntimeException crashed) {
            // Whatever was in memory is gone with it.
        }
        way.spare();
        for (int i = 0; i < CONNECTIONS; i++) again(() -> paymaster.query("SELECT 1"));
        paymaster.passes(Duration.ofSeconds(random.nextInt(90)));
        boolean came = way.cuts() > before;
        if (came) cut[act.ordinal()]++;
        return came;
    }

    /** Whoever claimed them dies before an answer is written. */
    private boolean sentAndNotHeard() {
        paymaster.claim().forEach(paymaster::answered);
        return true;
    }

    private void carryOut(Act act, UUID program, List<Errand> claimed) {
        switch (act) {
            case RUN -> paymaster.run(program);
            case CLAIM -> paymaster.carryOut(paymaster.claim());
            case ANSWER -> paymaster.carryOut(claimed);
            case NOTICE ->
                provider.telling()
                        .ifPresent(told -> paymaster.transact(tx -> notices.take(
                                tx,
                                MemoryRail.NAME,
                                new Notice(
                                        "evt_" + told.getValue().id(), Optional.of(told.getKey()), told.getValue()))));
        }
    }

    /** No more cuts: time goes by until nothing is under way, which must not take for ever. */
    private void ends() throws Exception {
        provider.calm(true);
        // Runs that were cut are carried out by whoever finds them.
        for (JsonObject run : again(() -> paymaster.query("SELECT id FROM payout_run WHERE state = 'running'")))
            again(() -> finish(UUID.fromString(run.getString("id"))));
        for (JsonObject owed : again(
                () -> paymaster.query(
                        "SELECT DISTINCT program_id FROM enrollment e JOIN ledger_balance b ON b.enrollment_id = e.id WHERE b.available > 0")))
            again(() -> paymaster.run(UUID.fromString(owed.getString("program_id"))));
        for (int quarter = 0; live() > 0; quarter++) {
            assertThat(quarter)
                    .as("quarters of an hour until nothing is under way")
                    .isLessThan(MOST_QUARTERS);
            assertThat(forgotten()).as("forgotten payouts").isZero();
            again(() -> {
                paymaster.goOn();
                return true;
            });
            paymaster.passes(QUARTER);
        }
        assertThat(again(paymaster::wrong)).isEmpty();
        assertThat(count("state = 'paid'")).isEqualTo(people).isEqualTo(provider.carriedOut());
        provider.calm(false);
    }

    private boolean finish(UUID run) {
        while (Paymaster.await(chunks.step(run, Chunks.MOST)) == Chunks.Outcome.WENT_ON) {}
        return true;
    }

    private long live() throws Exception {
        return count("state IN ('requested', 'approved', 'submitted', 'unknown')");
    }

    private long forgotten() throws Exception {
        return count(
                "state IN ('requested', 'approved', 'submitted', 'unknown') AND (next_at IS NULL OR next_at > '%s'::timestamptz)"
                        .formatted(paymaster.now().plus(QUARTER)));
    }

    private long count(String where) throws Exception {
        return again(() -> paymaster.query("SELECT count(*) AS n FROM payout WHERE rail = 'memory' AND " + where))
                .get(0)
                .getLong("n");
    }

    /** What is no part of the trial: a connection that was cut may be handed out once more before it is missed. */
    private static <T> T again(Callable<T> work) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return work.call();
            } catch (RuntimeException e) {
                if (tries == 10) throw e;
            }
        }
    }
}
