package dev.tributary.job;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** A job that does what a test tells it. Its usual work writes the numbers up to nine, one a step. */
@Singleton
class Rehearsal implements Job {
    static final String NAME = "rehearsal";
    static final String TABLE = "CREATE TABLE IF NOT EXISTS test_written (number integer NOT NULL)";

    interface Work {
        void on(JobRun run) throws Exception;
    }

    volatile Work work = Rehearsal::count;
    volatile Duration deadline = Duration.ofMinutes(5);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Writes numbers";
    }

    @Override
    public Duration deadline() {
        return deadline;
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption("to", "NUMBER", "Where to end", false));
    }

    @Override
    public void run(JobRun run) throws Exception {
        work.on(run);
    }

    /** From the place kept on, one number a step; the place is the last number written. */
    static void count(JobRun run) {
        countTo(9, run);
        run.report("wrote up to 9");
    }

    static void countTo(int last, JobRun run) {
        run.total(9);
        int from = run.cursor().map(at -> at.getInteger("number")).orElse(0);
        for (int number = from + 1; number <= last; number++) write(number, run);
    }

    static void write(int number, JobRun run) {
        run.step(tx -> insert(tx, number).replaceWith(new Step(1, new JsonObject().put("number", number))));
    }

    static Uni<Void> insert(SqlConnection tx, int number) {
        return tx.query("INSERT INTO test_written (number) VALUES (" + number + ")")
                .execute()
                .replaceWithVoid();
    }
}
