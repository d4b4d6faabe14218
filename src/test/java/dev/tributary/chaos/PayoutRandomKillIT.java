package dev.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Several instances that pay, one of them killed with SIGKILL at a random moment again and again, by a provider whose every third
 * answer goes wrong: {@code ./mvnw verify -Dit.test=PayoutRandomKillIT -Dpayout.kills=300 -Dpayout.instances=2}. The seed is printed;
 * {@code -Dseed=} begins there.
 */
@Timeout(value = 4, unit = TimeUnit.HOURS)
@EnabledIfSystemProperty(named = "payout.kills", matches = "[1-9][0-9]*")
class PayoutRandomKillIT {
    private static final int KILLS = Integer.getInteger("payout.kills", 0);
    private static final int INSTANCES = Integer.getInteger("payout.instances", 2);
    private static final long SEED = Long.getLong("seed", 20261121L);
    private static final int EACH = 3;
    private static final int MISFORTUNE_PERCENT = 33;
    /** Longer than a claim, an answer and its writing take together. */
    private static final int LONGEST_MILLIS = 1_500;

    @Test
    void nobody_is_paid_twice_and_nobody_is_forgotten_however_often_instances_are_killed() throws Exception {
        Random random = new Random(SEED);
        System.out.printf("%d kills of %d instances, seed %d%n", KILLS, INSTANCES, SEED);
        List<PackagedApp> others = new ArrayList<>();
        try (PayoutKills kills = new PayoutKills(Path.of("target/payout-random-kills"), EACH * KILLS)) {
            kills.app().start();
            for (int i = 1; i < INSTANCES; i++) {
                PackagedApp other = kills.instance("sender-" + i);
                other.start();
                others.add(other);
            }
            kills.listen(2);
            for (int kill = 1; kill <= KILLS; kill++) {
                kills.provider()
                        .tell(
                                "luck",
                                new JsonObject().put("seed", random.nextLong()).put("percent", MISFORTUNE_PERCENT));
                kills.world().letIn(EACH);
                kills.world().startRun();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_MILLIS)));
                int which = random.nextInt(INSTANCES);
                PackagedApp victim = which == 0 ? kills.app() : others.get(which - 1);
                victim.kill();
                if (random.nextInt(4) == 0) kills.world().quarterOfAnHourPasses();
                if (random.nextInt(10) == 0) kills.provider().tell("release", new JsonObject());
                victim.start();
                if (kill % 10 == 0) System.out.printf("%d kills, %s%n", kill, kills.truth());
            }
            ends(kills);
        } finally {
            others.forEach(PackagedApp::close);
        }
    }

    private static void ends(PayoutKills kills) throws Exception {
        kills.provider().tell("luck", new JsonObject().put("seed", SEED).put("percent", 0));
        kills.provider().tell("release", new JsonObject());
        PayoutTruth truth = kills.settle();
        int books = kills.checkBooksByCommand();
        System.out.printf(
                "%d kills, %d instances: %d payouts, %d paid, %d open, %d transfers, %d paid twice, check-books %d%n",
                KILLS, INSTANCES, EACH * KILLS, truth.paid(), truth.open(), truth.transfers(), truth.twice(), books);
        assertThat(truth.wrong()).isEmpty();
        assertThat(truth.twice()).isZero();
        assertThat(truth.open()).isZero();
        assertThat(truth.paid()).isEqualTo(EACH * KILLS);
        assertThat(books).isZero();
    }
}
