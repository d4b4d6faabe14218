package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.MovedClock;
import dev.tributary.embedded.Stores;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Rails;
import dev.tributary.postgres.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loops as they run in a server: what is started is carried out and sent without anybody's doing. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class DispatchDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Paymaster paymaster;

    @Inject
    MemoryRail rail;

    @Inject
    Runs runs;

    @Inject
    Vertx vertx;

    @Inject
    Rails rails;

    @Inject
    Claims claims;

    @Inject
    Answers answers;

    @Inject
    Transactions transactions;

    @Inject
    RunRepository repository;

    @Inject
    Stride stride;

    private Dispatch dispatch;
    private RunLoop loop;
    private UUID program;

    /** As a server begins; the application of the tests sends nothing by itself. */
    @BeforeEach
    void a_program_pays() {
        paymaster.begins();
        program = paymaster.program(5_000);
        PayoutConfig sends = () -> true;
        dispatch = new Dispatch(vertx, rails, claims, answers, new SimpleMeterRegistry(), sends, "server");
        loop = new RunLoop(vertx, transactions, repository, stride, sends, "server");
        dispatch.onStart(new StartupEvent());
        loop.onStart(new StartupEvent());
    }

    @AfterEach
    void the_books_are_in_order() {
        loop.onStop(new ShutdownEvent());
        dispatch.onStop(new ShutdownEvent());
        assertThat(paymaster.wrong()).isEmpty();
    }

    @Test
    void a_run_that_is_started_pays_everybody_once() {
        rail.replies =
                sent -> Paymaster.done("tr_" + sent.payoutId(), sent.amount().amount(), paymaster.now());
        List<UUID> members = new ArrayList<>();
        for (int i = 0; i < 30; i++) members.add(paymaster.member(program, 2_000));

        paymaster.transact(tx -> runs.start(tx, program, "somebody"));
        for (UUID member : members) becomes(member, "paid");

        assertThat(rail.sent).extracting(Instruction::payoutId).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void what_a_person_orders_to_be_sent_again_is_sent_again() {
        rail.traits = MemoryRail.DUMB;
        UUID member = paymaster.member(program, 2_000);
        paymaster.transact(tx -> runs.start(tx, program, "somebody"));
        becomes(member, "unknown");
        paymaster.passes(Duration.ofMinutes(11));
        rail.replies =
                sent -> Paymaster.done("tr_" + sent.payoutId(), sent.amount().amount(), paymaster.now());

        paymaster.change(member, (payout, now) -> payout.payout().sendAgain(rail.traits(), now));
        becomes(member, "paid");

        assertThat(rail.sent).hasSize(2);
        assertThat(rail.sent.get(1)).isEqualTo(rail.sent.get(0));
    }

    /** Waits until it is so; after {@link #PATIENCE} says what it is instead. */
    private void becomes(UUID member, String state) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!state.equals(now(member)) && System.nanoTime() < until) Thread.onSpinWait();
        assertThat(now(member)).isEqualTo(state);
    }

    private String now(UUID member) {
        return paymaster.query("SELECT state FROM payout WHERE enrollment_id = $1", member).stream()
                .map(row -> row.getString("state"))
                .findFirst()
                .orElse("none");
    }
}
