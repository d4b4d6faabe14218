package dev.tributary.job;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

/** Forgets what has been kept for its time, in batches small enough that nothing else waits for them. */
@Singleton
class RetentionJob implements Job {
    /** Some tens of milliseconds each, so far below a transaction's deadline even on a busy server. */
    private static final int BATCH = 1_000;

    private final List<Retention> retentions;
    private final Clock clock;

    RetentionJob(Instance<Retention> retentions, Clock clock) {
        this.retentions = retentions.stream()
                .sorted(Comparator.comparing(Retention::what))
                .toList();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public String description() {
        return "Forgets delivered events, old answers to repeated requests and old job runs";
    }

    @Override
    public String schedule() {
        return "37 3 * * *";
    }

    @Override
    public void run(JobRun run) {
        for (Retention each : retentions) {
            OffsetDateTime before = clock.instant().minus(each.kept()).atOffset(ZoneOffset.UTC);
            long count = run.dryRun() ? count(run, each, before) : forget(run, each, before);
            run.report("%s %,d %s older than %s", run.dryRun() ? "would forget" : "forgot", count, each.what(), before);
        }
    }

    private static long count(JobRun run, Retention each, OffsetDateTime before) {
        return run.step(c -> each.count(c, before).map(Step::of)).done();
    }

    private static long forget(JobRun run, Retention each, OffsetDateTime before) {
        long forgotten = 0;
        long last;
        do {
            last = run.step(tx -> each.forget(tx, before, BATCH).map(Step::of)).done();
            forgotten += last;
        } while (last > 0);
        return forgotten;
    }
}
