package dev.tributary.click;

import dev.tributary.job.Job;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobRun;
import dev.tributary.postgres.DirectConnections;
import io.vertx.pgclient.PgConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Makes the click table's days ahead and removes those below the retention floor; ends removals that were interrupted. The
 * lander makes a day by itself when a click needs it, so nothing is lost when this does not run for a while.
 */
@Singleton
class PartitionsJob implements Job {
    private final DirectConnections connections;
    private final Partitions partitions;

    PartitionsJob(DirectConnections connections, ClickConfig config, Clock clock) {
        this.connections = connections;
        partitions = new Partitions(config.retentionDays(), clock);
    }

    @Override
    public String name() {
        return "partitions";
    }

    @Override
    public String description() {
        return "Makes the click table's days ahead and removes those past retention";
    }

    @Override
    public String schedule() {
        return "7 * * * *";
    }

    @Override
    public void run(JobRun run) {
        PgConnection connection = Wait.forConnection(connections);
        try {
            run(run, connection);
        } finally {
            connection.close();
        }
    }

    private void run(JobRun run, PgConnection connection) {
        Set<LocalDate> existing = Partitions.existing(connection);
        List<LocalDate> missing = partitions.missing(existing);
        List<LocalDate> old = partitions.old(existing);
        List<Partitions.Leftover> leftovers = Partitions.leftovers(connection);
        run.total(missing.size() + old.size() + leftovers.size());
        for (LocalDate day : missing) {
            effect(run, "make", day, () -> partitions.make(connection, List.of(day)));
        }
        for (LocalDate day : old) {
            effect(run, "remove", day, () -> Partitions.drop(connection, day));
        }
        for (Partitions.Leftover leftover : leftovers) endRemoval(run, connection, leftover);
        refuseStrays(leftovers);
    }

    private void endRemoval(JobRun run, PgConnection connection, Partitions.Leftover leftover) {
        if (partitions.isOld(leftover.day())) {
            effect(run, "end the removal of", leftover.day(), () -> Partitions.drop(connection, leftover));
        } else {
            run.report("%s is detached and within retention", Partitions.name(leftover.day()));
            run.advance(1);
        }
    }

    private static void effect(JobRun run, String verb, LocalDate day, Runnable action) {
        run.check();
        if (!run.dryRun()) action.run();
        run.report("%s %s", run.dryRun() ? "would " + verb : verb, Partitions.name(day));
        run.advance(1);
    }

    /** Somebody may have detached a day to look at it: only a person knows whether it may go. */
    private void refuseStrays(List<Partitions.Leftover> leftovers) {
        long strays =
                leftovers.stream().filter(each -> !partitions.isOld(each.day())).count();
        if (strays > 0)
            throw new JobFailed("%d days within retention are detached from the click table: attach or drop them"
                    .formatted(strays));
    }
}
