package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.postgres.DirectConnections;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
@QuarkusTestResource(Stores.class)
class RunnerDatabaseTest {
    private static final List<Integer> ALL = IntStream.rangeClosed(1, 9).boxed().toList();

    @Inject
    Runner runner;

    @Inject
    Rehearsal job;

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    DirectConnections connections;

    @Inject
    Transactions transactions;

    @Inject
    RunRepository repository;

    @Inject
    JobSettings settings;

    @Inject
    JobMetrics metrics;

    @Inject
    Tracer tracer;

    @Inject
    Ids ids;

    private Records records;

    @BeforeEach
    void fresh() {
        records = new Records(pool);
        records.query(Rehearsal.TABLE);
        records.query("TRUNCATE test_written");
        records.query("DELETE FROM job_run WHERE job = $1", Rehearsal.NAME);
        job.work = Rehearsal::count;
        job.deadline = Duration.ofMinutes(5);
    }

    @Test
    void a_run_does_its_work_and_leaves_its_record() {
        assertThat(run()).isEqualTo(RunStatus.SUCCEEDED);

        assertThat(records.numbers()).isEqualTo(ALL);
        JsonObject record = records.last(Rehearsal.NAME);
        assertThat(record.getString("status")).isEqualTo("succeeded");
        assertThat(record.getLong("done")).isEqualTo(9);
        assertThat(record.getLong("total")).isEqualTo(9);
        assertThat(record.getJsonArray("report").getList()).containsExactly("wrote up to 9");
        assertThat(record.getString("finished_at")).isNotNull();
        Records.await(() -> !records.lockHeld());
    }

    @Test
    void a_second_runner_is_told_who_runs_and_nothing_is_done_twice() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        job.work = run -> {
            inside.countDown();
            goOn.await();
            Rehearsal.count(run);
        };
        CompletableFuture<RunStatus> first = CompletableFuture.supplyAsync(this::run);
        inside.await();

        assertThatThrownBy(() -> another().run(typed(false), Records.SILENT))
                .isInstanceOf(Problem.class)
                .hasMessageMatching("rehearsal is running since .* on .* as run_[0-9a-z]{26}");

        goOn.countDown();
        assertThat(first.join()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(records.numbers()).isEqualTo(ALL);
        assertThat(records.statuses(Rehearsal.NAME)).containsExactly("succeeded");
    }

    @Test
    void of_many_runners_racing_never_two_are_inside() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        job.work = run -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            run.step(tx -> Rehearsal.insert(tx, 1).replaceWith(Step.of(1)));
            inside.decrementAndGet();
        };

        List<CompletableFuture<RunStatus>> racing = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Runner mine = another();
            racing.add(CompletableFuture.supplyAsync(() -> mine.run(typed(false), Records.SILENT)));
        }
        long done = racing.stream()
                .filter(each -> {
                    try {
                        return each.join() == RunStatus.SUCCEEDED;
                    } catch (RuntimeException e) {
                        assertThat(e.getCause()).isInstanceOf(Problem.class);
                        return false;
                    }
                })
                .count();

        assertThat(most.get()).isEqualTo(1);
        assertThat(done).isPositive();
        assertThat(records.numbers()).hasSize((int) done);
    }

    @Test
    void a_cut_connection_ends_the_run_and_the_next_goes_on_from_its_place() {
        job.work = run -> {
            Rehearsal.countTo(4, run);
            records.cutLock();
            new CountDownLatch(1).await();
        };

        assertThat(run()).isEqualTo(RunStatus.FAILED);
        assertThat(records.last(Rehearsal.NAME).getString("message")).contains("connection that holds its lock");

        job.work = Rehearsal::count;
        assertThat(run()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(records.numbers()).isEqualTo(ALL);
        assertThat(records.last(Rehearsal.NAME).getLong("done")).isEqualTo(5);
    }

    @Test
    void a_run_whose_process_died_is_marked_and_resumed() {
        UUID dead = ids.next();
        records.query("INSERT INTO test_written SELECT generate_series(1, 6)");
        records.query(
                "INSERT INTO job_run (id, job, origin, options, dry_run, status, cursor, instance)"
                        + " VALUES ($1, $2, 'command', '{}', false, 'running', '{\"number\": 6}', 'gone/1')",
                dead,
                Rehearsal.NAME);

        assertThat(run()).isEqualTo(RunStatus.SUCCEEDED);

        assertThat(records.statuses(Rehearsal.NAME)).containsExactly("abandoned", "succeeded");
        assertThat(records.numbers()).isEqualTo(ALL);
        assertThat(records.last(Rehearsal.NAME).getString("resumed_from")).isEqualTo(dead.toString());
        run();
        assertThat(records.numbers()).as("after a success it begins anew").hasSize(18);
    }

    @Test
    void a_place_is_not_taken_from_a_run_with_other_options_or_when_told_to_start_anew() {
        fail(typed(false));
        AtomicInteger seen = new AtomicInteger();
        job.work = run -> seen.set(run.cursor().isPresent() ? 1 : 0);

        runner.run(RunRequest.typed(job, false, false, Map.of("to", "5")), Records.SILENT);
        assertThat(seen.get()).isZero();
        fail(typed(false));
        job.work = run -> seen.set(run.cursor().isPresent() ? 1 : 0);
        runner.run(RunRequest.typed(job, false, true, Map.of()), Records.SILENT);
        assertThat(seen.get()).isZero();
    }

    private void fail(RunRequest request) {
        job.work = run -> {
            Rehearsal.countTo(3, run);
            throw new JobFailed("no further");
        };
        assertThat(runner.run(request, Records.SILENT)).isEqualTo(RunStatus.FAILED);
        assertThat(records.last(Rehearsal.NAME).getString("message")).isEqualTo("no further");
    }

    @Test
    void a_run_that_was_taken_over_has_no_further_effect() {
        job.work = run -> {
            Rehearsal.write(1, run);
            // What another runner does after this process was stopped for so long that its lock was given away.
            records.query(
                    "UPDATE job_run SET status = 'abandoned', finished_at = now() WHERE job = $1", Rehearsal.NAME);
            Rehearsal.write(2, run);
        };

        assertThat(run()).isEqualTo(RunStatus.ABANDONED);
        assertThat(records.numbers()).containsExactly(1);
    }

    @Test
    void a_dry_run_cannot_change_anything_and_keeps_no_place() {
        assertThat(runner.run(typed(true), Records.SILENT)).isEqualTo(RunStatus.FAILED);

        assertThat(records.numbers()).isEmpty();
        JsonObject record = records.last(Rehearsal.NAME);
        assertThat(record.getString("message")).contains("read-only transaction");
        assertThat(record.getBoolean("dry_run")).isTrue();
        assertThat(record.getValue("cursor")).isNull();
        job.work = run -> run.step(
                tx -> tx.query("SELECT count(*) FROM test_written").execute().replaceWith(Step.of(1)));
        assertThat(runner.run(typed(true), Records.SILENT)).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_run_past_its_deadline_is_stopped_even_while_it_waits() {
        job.deadline = Duration.ofMillis(1);
        job.work = run -> new CountDownLatch(1).await();

        assertThat(run()).isEqualTo(RunStatus.FAILED);
        assertThat(records.last(Rehearsal.NAME).getString("message")).contains("deadline");
    }

    @Test
    void a_process_that_stops_ends_its_runs_at_their_place() throws Exception {
        Runner stopping = another();
        CountDownLatch inside = new CountDownLatch(1);
        job.work = run -> {
            Rehearsal.countTo(2, run);
            inside.countDown();
            new CountDownLatch(1).await();
        };
        CompletableFuture<RunStatus> running =
                CompletableFuture.supplyAsync(() -> stopping.run(typed(false), Records.SILENT));
        inside.await();

        stopping.onStop(new io.quarkus.runtime.ShutdownEvent());

        assertThat(running.join()).isEqualTo(RunStatus.FAILED);
        JsonObject record = records.last(Rehearsal.NAME);
        assertThat(record.getString("message")).contains("process is stopping");
        assertThat(record.getJsonObject("cursor").getInteger("number")).isEqualTo(2);
    }

    @Test
    void a_scheduled_moment_is_run_once_by_however_many_instances() {
        OffsetDateTime due = OffsetDateTime.parse("2026-11-21T00:07:00Z");

        assertThat(runner.run(RunRequest.scheduled(job, due), Records.SILENT)).isEqualTo(RunStatus.SUCCEEDED);
        assertThatThrownBy(() -> another().run(RunRequest.scheduled(job, due), Records.SILENT))
                .hasMessageContaining("run for that moment before");
        assertThat(records.numbers()).isEqualTo(ALL);
        Records.await(() -> !records.lockHeld());
    }

    private RunStatus run() {
        return runner.run(typed(false), Records.SILENT);
    }

    private RunRequest typed(boolean dryRun) {
        return RunRequest.typed(job, dryRun, false, Map.of());
    }

    /** A runner as another process would have it: nothing but the database is shared. */
    private Runner another() {
        return new Runner(vertx, connections, transactions, repository, settings, metrics, tracer, ids);
    }
}
