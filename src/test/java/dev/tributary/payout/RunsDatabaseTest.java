package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.MovedClock;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is paid by a run, on PostgreSQL: all who should be, once, whoever runs it and however often it is broken off. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class RunsDatabaseTest {
    @Inject
    Paymaster paymaster;

    @Inject
    MemoryRail rail;

    @Inject
    Runs runs;

    @Inject
    Chunks chunks;

    @Inject
    Requests requests;

    @Inject
    CommandLineApplication application;

    private UUID program;

    @BeforeEach
    void a_program_pays() {
        paymaster.begins();
        program = paymaster.program(5_000);
    }

    @AfterEach
    void the_books_are_in_order() {
        assertThat(paymaster.wrong()).isEmpty();
    }

    @Test
    void each_is_paid_or_told_why_not() {
        UUID paid = paymaster.member(program, 4_000);
        UUID large = paymaster.member(program, 7_000);
        UUID poor = paymaster.member(program, 999);
        UUID unscored = paymaster.member(program, 2_000);
        paymaster.query("DELETE FROM fraud_score WHERE affiliate_id = $1", unscored);
        UUID risky = paymaster.member(program, 2_000);
        paymaster.score(risky, 60);
        UUID held = paymaster.member(program, 2_000);
        paymaster.query("UPDATE affiliate SET fraud_status = 'held' WHERE id = $1", held);
        UUID banned = paymaster.member(program, 2_000);
        paymaster.query("UPDATE enrollment SET status = 'banned' WHERE id = $1", banned);
        UUID nowhere = paymaster.member(program, 2_000);
        paymaster.query("DELETE FROM payout_method WHERE affiliate_id = $1", nowhere);

        Run run = paymaster.run(program);

        assertThat(run.state()).isEqualTo("done");
        assertThat(paymaster.state(paid)).isEqualTo("approved");
        assertThat(paymaster.balance(paid)).isEqualTo("0 0 4000");
        assertThat(paymaster.state(large)).isEqualTo("requested");
        assertThat(paymaster.tasks(large)).containsExactly("approve");
        assertThat(paymaster.payout(unscored).reasons()).containsExactly("risk_not_low");
        assertThat(run.sheet().paid()).isEqualTo(Map.of("EUR", new RunSheet.Sum(3, 13_000, 130, 0)));
        assertThat(run.sheet().byHand()).isEqualTo(2);
        assertThat(run.sheet().barred())
                .containsEntry(Bar.UNDER_MINIMUM, 1L)
                .containsEntry(Bar.HIGH_RISK, 1L)
                .containsEntry(Bar.HELD, 1L)
                .containsEntry(Bar.SUSPENDED, 1L)
                .containsEntry(Bar.NO_METHOD, 2L)
                .containsEntry(Bar.NOTHING_DUE, 1L);
        assertThat(paymaster.query("SELECT 1 FROM payout WHERE enrollment_id = $1", poor))
                .isEmpty();
    }

    @Test
    void who_has_no_papers_is_not_paid_where_the_program_asks_for_them() {
        paymaster.member(program, 4_000);
        paymaster.query("UPDATE payout_terms SET tax_form_required = true WHERE program_id = $1", program);

        assertThat(paymaster.run(program).sheet().barred()).containsEntry(Bar.TAX_FORM_MISSING, 2L);
    }

    @Test
    void a_rehearsal_says_what_the_run_then_does_and_writes_nothing() {
        for (int i = 0; i < 5; i++) paymaster.member(program, 900 + 400 * i);

        RunSheet rehearsed = Paymaster.await(runs.rehearse(program, "manual"));

        assertThat(paymaster.query("SELECT 1 FROM payout WHERE program_id = $1", program))
                .isEmpty();
        assertThat(rehearsed.told()).isEqualTo(paymaster.run(program).sheet().told());
    }

    @Test
    void a_run_that_is_broken_off_after_any_step_goes_on_and_pays_each_once() {
        List<UUID> members = new ArrayList<>();
        for (int i = 0; i < 10; i++) members.add(paymaster.member(program, 2_000));
        UUID run = paymaster.transact(tx -> runs.start(tx, program, "somebody")).id();

        for (int i = 0; i < 3; i++)
            assertThat(Paymaster.await(chunks.step(run, 3))).isEqualTo(Chunks.Outcome.WENT_ON);
        assertThat(Paymaster.await(runs(run)).sheet().seen()).isEqualTo(9);
        while (Paymaster.await(chunks.step(run, 3)) != Chunks.Outcome.OVER) {}

        assertThat(Paymaster.await(runs(run)).sheet().paid().get("EUR").count()).isEqualTo(10);
        members.forEach(each -> assertThat(paymaster.balance(each)).isEqualTo("0 0 2000"));
        assertThat(paymaster.query("SELECT 1 FROM payout WHERE run_id = $1", run))
                .hasSize(10);
    }

    private Uni<Run> runs(UUID id) {
        return Uni.createFrom().item(paymaster.transact(c -> runs.find(c, id)).orElseThrow());
    }

    @Test
    void of_many_schedulers_at_once_one_has_the_period_and_all_may_carry_it_out() {
        for (int i = 0; i < 6; i++) paymaster.member(program, 2_000);
        Period month = Period.month(paymaster.now(), ZoneOffset.UTC, 1);

        List<Optional<Run>> started = Uni.join()
                .all(IntStream.range(0, 8).mapToObj(i -> starts(month)).toList())
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(30));
        List<UUID> won = started.stream().flatMap(Optional::stream).map(Run::id).toList();
        assertThat(won).hasSize(1);
        for (int round = 0; round < 5; round++)
            Uni.join()
                    .all(IntStream.range(0, 4)
                            .mapToObj(i -> chunks.step(won.get(0), 2))
                            .toList())
                    .andFailFast()
                    .await()
                    .atMost(Duration.ofSeconds(30));

        assertThat(Paymaster.await(runs(won.get(0))).state()).isEqualTo("done");
        assertThat(paymaster.query("SELECT 1 FROM payout WHERE program_id = $1", program))
                .hasSize(6);
    }

    private Uni<Optional<Run>> starts(Period period) {
        return paymaster.transaction(tx -> runs.start(tx, program, period, "job"));
    }

    @Test
    void requests_at_once_are_one_payout() {
        UUID member = paymaster.member(program, 2_000);

        List<Requests.Asked> asked = Uni.join()
                .all(IntStream.range(0, 20)
                        .mapToObj(i -> paymaster.transaction(tx -> requests.make(tx, program, member, "somebody")))
                        .toList())
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(60));

        assertThat(asked).filteredOn(each -> each.payoutId().isPresent()).hasSize(1);
        assertThat(asked)
                .filteredOn(each -> each.payoutId().isEmpty())
                .allMatch(each -> each.seen().bars().contains(Bar.PAYOUT_OPEN));
        assertThat(paymaster.balance(member)).isEqualTo("0 0 2000");
    }

    @Test
    void what_is_earned_while_a_payout_is_open_waits_for_the_next() {
        UUID member = paymaster.member(program, 2_000);
        paymaster.run(program);
        paymaster.earn(program, member, 3_000);
        assertThat(paymaster.run(program).sheet().barred()).containsEntry(Bar.PAYOUT_OPEN, 1L);
        rail.replies = sent -> Paymaster.done("tr_" + member, 1_980, paymaster.now());
        paymaster.goOn();

        paymaster.run(program);

        assertThat(paymaster.balance(member)).isEqualTo("0 0 3000");
        assertThat(paymaster.query(
                        "SELECT 1 FROM payout_commission WHERE payout_id = $1",
                        paymaster.payout(member).id()))
                .hasSize(3);
    }

    @Test
    void a_daily_run_pays_those_who_chose_it_and_are_trusted() {
        UUID trusted = paymaster.member(program, 2_000);
        pastMonths(trusted);
        UUID fresh = paymaster.member(program, 2_000);
        UUID monthly = paymaster.member(program, 2_000);
        paymaster.query(
                "INSERT INTO payout_schedule (enrollment_id, daily_since) VALUES ($1, now()), ($2, now())",
                trusted,
                fresh);
        paymaster.query(
                "UPDATE enrollment SET approved_at = $2 WHERE id = $1",
                trusted,
                Instant.now().minus(Duration.ofDays(400)).atOffset(ZoneOffset.UTC));

        Optional<Run> run =
                paymaster.transact(tx -> runs.start(tx, program, Period.day(paymaster.now(), ZoneOffset.UTC), "job"));
        while (Paymaster.await(chunks.step(run.orElseThrow().id(), 100)) != Chunks.Outcome.OVER) {}

        assertThat(paymaster.state(trusted)).isEqualTo("approved");
        assertThat(paymaster.query(
                        "SELECT 1 FROM payout WHERE enrollment_id = ANY ($1)", (Object) new UUID[] {fresh, monthly}))
                .isEmpty();
    }

    /** Three payouts that arrived in three months. */
    private void pastMonths(UUID member) {
        for (int months = 3; months > 0; months--) {
            paymaster.run(program);
            int number = months;
            rail.replies = sent -> Paymaster.done(
                    "tr_%d_%s".formatted(number, sent.payoutId()), sent.amount().amount(), paymaster.now());
            paymaster.goOn();
            paymaster.query(
                    "UPDATE payout SET paid_at = paid_at - make_interval(months => $2) WHERE enrollment_id = $1 AND state = 'paid' AND paid_at > now() - interval '1 day'",
                    member,
                    months);
            paymaster.earn(program, member, 2_000);
        }
        paymaster.query(
                "UPDATE payout SET next_at = next_at + interval '10 years' WHERE program_id = $1 AND next_at IS NOT NULL",
                program);
    }

    @Test
    void the_job_runs_what_is_due_of_a_program_once() {
        paymaster.member(program, 2_000);
        String id = TypeId.PROGRAM.format(program);

        Typed rehearsed = Typed.run(application, "job", "payouts", "--program", id, "--dry-run");

        assertThat(rehearsed.exitCode()).as(rehearsed.toString()).isZero();
        assertThat(rehearsed.toString()).contains("would run monthly", "EUR: 1 payouts, 2000 minor units");
        assertThat(paymaster.query("SELECT 1 FROM payout_run WHERE program_id = $1", program))
                .isEmpty();
        Typed ran = Typed.run(application, "job", "payouts", "--program", id, "--kind", "monthly");
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(ran.toString()).contains("ran monthly", "2 looked at, 1 paid");
        assertThat(Typed.run(application, "job", "payouts", "--program", id).exitCode())
                .isZero();
        assertThat(paymaster.query("SELECT 1 FROM payout WHERE program_id = $1", program))
                .hasSize(1);
        assertThat(Typed.run(application, "job", "payouts", "--program", "x").exitCode())
                .isNotZero();
    }
}
