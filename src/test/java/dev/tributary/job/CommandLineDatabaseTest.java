package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
@QuarkusTestResource(Stores.class)
class CommandLineDatabaseTest {
    @Inject
    CommandLineApplication application;

    @Inject
    Rehearsal job;

    @Inject
    Pool pool;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Records records;

    @BeforeEach
    void fresh() {
        records = new Records(pool);
        records.query(Rehearsal.TABLE);
        records.query("TRUNCATE test_written");
        Records.await(() -> !records.lockHeld());
        records.query("DELETE FROM job_run WHERE job = $1", Rehearsal.NAME);
        job.work = Rehearsal::count;
    }

    @Test
    void a_job_by_its_name_runs_prints_what_it_reports_and_ends_with_zero() {
        assertThat(run("job", "rehearsal")).isZero();

        assertThat(out.toString()).isEqualTo("wrote up to 9\n");
        assertThat(err.toString()).contains("9 of 9 done").endsWith("rehearsal succeeded\n");
        assertThat(records.last(Rehearsal.NAME).getString("origin")).isEqualTo("command");
    }

    @Test
    void a_failed_run_ends_with_one_and_says_why() {
        job.work = run -> {
            throw new JobFailed("2 of 3 are missing");
        };

        assertThat(run("job", "rehearsal")).isEqualTo(1);
        assertThat(out.toString()).contains("2 of 3 are missing");
        assertThat(err.toString()).contains("rehearsal failed");
    }

    @Test
    void an_option_of_the_job_reaches_it_and_a_dry_run_is_one() {
        job.work = run -> run.report("to %s, dry %s", run.option("to").orElse("the end"), run.dryRun());

        assertThat(run("job", "rehearsal", "--to", "5", "--dry-run")).isZero();
        assertThat(out.toString()).isEqualTo("to 5, dry true\n");
        assertThat(err.toString()).contains("rehearsal succeeded (dry run)");
    }

    @Test
    void what_is_no_job_and_no_option_ends_with_two_and_the_usage() {
        assertThat(run("job", "rehearsals")).isEqualTo(2);
        assertThat(err.toString()).contains("rehearsals");
        assertThat(run("job", "rehearsal", "--wet")).isEqualTo(2);
        assertThat(run("serve")).isEqualTo(2);
        assertThat(run("job", "runs", "--limit", "0")).isEqualTo(2);
        assertThat(run("job", "runs", "nosuch")).isEqualTo(2);
        assertThat(records.statuses(Rehearsal.NAME)).isEmpty();
    }

    @Test
    void while_another_run_goes_on_it_ends_with_75_and_names_that_run() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        job.work = run -> {
            inside.countDown();
            goOn.await();
        };
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> run("job", "rehearsal"));
        inside.await();
        StringWriter told = new StringWriter();

        int code = application
                .commandLine(new PrintWriter(out, true), new PrintWriter(told, true))
                .execute("job", "rehearsal");
        goOn.countDown();

        assertThat(code).isEqualTo(75);
        assertThat(told.toString()).contains("rehearsal is running since").contains("as run_");
        assertThat(first.join()).isZero();
    }

    @Test
    void job_alone_lists_the_jobs_and_runs_shows_what_ran() {
        run("job", "rehearsal");

        assertThat(run("job")).isZero();
        assertThat(out.toString()).contains("rehearsal").contains("succeeded").contains("Writes numbers");
        assertThat(run("job", "list")).isZero();
        assertThat(run("job", "runs", "rehearsal")).isZero();
        assertThat(out.toString()).contains("run_").contains("9/9");
        assertThat(run("job", "rehearsal", "--help")).isZero();
        assertThat(out.toString()).contains("--to=NUMBER").contains("75").contains("--dry-run");
    }

    private int run(String... arguments) {
        return application
                .commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
