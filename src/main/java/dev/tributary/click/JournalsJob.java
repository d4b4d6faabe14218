package dev.tributary.click;

import dev.tributary.id.TypeId;
import dev.tributary.job.Job;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobRun;
import dev.tributary.job.Retention;
import dev.tributary.job.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for journals with clicks that have not landed and no live owner: their volumes have to be mounted again, or landed
 * with the job {@code land}. It fails when there are any, so that whatever watches runs watches this.
 */
@Singleton
class JournalsJob implements Job, Retention {
    /** Twelve heartbeats: longer than a restart, so that a deployment is no alarm. */
    private static final double SILENT_SECONDS = 60;

    private static final int NAMED_AT_MOST = 100;

    private final JournalRepository repository;

    JournalsJob(JournalRepository repository) {
        this.repository = repository;
    }

    @Override
    public String name() {
        return "journals";
    }

    @Override
    public String description() {
        return "Names every journal with clicks that have not landed and no live owner";
    }

    @Override
    public String schedule() {
        return "every 5m";
    }

    @Override
    public void run(JobRun run) {
        List<JournalRepository.Ownerless> found = new ArrayList<>();
        run.step(c -> repository
                .ownerless(c, SILENT_SECONDS, NAMED_AT_MOST)
                .invoke(found::addAll)
                .map(all -> Step.of(all.size())));
        for (JournalRepository.Ownerless each : found) {
            run.report(
                    "%s on %s in %s: %,d bytes have not landed, last heard of %s",
                    TypeId.JOURNAL.format(each.id()), each.host(), each.directory(), each.backlog(), each.heartbeat());
        }
        if (!found.isEmpty())
            throw new JobFailed("%d journals hold clicks that nobody lands: start their instances, or run job land"
                    .formatted(found.size()));
        run.report("every journal with clicks that have not landed has its owner");
    }

    @Override
    public String what() {
        return "empty journals";
    }

    @Override
    public Duration kept() {
        return Duration.ofDays(90);
    }

    @Override
    public Uni<Long> count(SqlConnection c, OffsetDateTime before) {
        return repository.countOld(c, before);
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return repository.forget(tx, before, atMost);
    }
}
