package dev.tributary.ledger;

import dev.tributary.id.Ids;
import dev.tributary.job.Job;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Closes the books of days that are over: keeps what each program's and each rail's accounts held, so that nobody adds up
 * years of entries to know what they hold now. Entries are told apart by their ids, which say when they were booked.
 */
@Singleton
class CloseBooksJob implements Job {
    /** Whatever began before midnight has ended by then, on every instance whose clock is a few minutes off. */
    private static final Duration SETTLED = Duration.ofHours(1);
    /** Rows a close: some 500,000 are added up in a second, and a transaction has two and a half. */
    private static final int MOST_ROWS = 200_000;

    private final CloseRepository repository;
    private final Clock clock;

    CloseBooksJob(CloseRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "close-books";
    }

    @Override
    public String description() {
        return "Keeps what programs and rails held at the end of each day";
    }

    @Override
    public String schedule() {
        return "41 3 * * *";
    }

    @Override
    public void run(JobRun run) {
        Instant midnight = clock.instant().minus(SETTLED).truncatedTo(ChronoUnit.DAYS);
        UUID end = Ids.floor(midnight);
        if (run.dryRun()) {
            run.step(c -> repository
                    .last(c)
                    .chain(from -> repository.count(c, from, end))
                    .invoke(entries -> run.report("would close %,d entries until %s", entries, midnight))
                    .replaceWith(Step.of(0)));
            return;
        }
        long closed = 0;
        boolean[] more = {true};
        while (more[0]) closed += run.step(tx -> close(tx, end, more)).done();
        run.report("closed %,d entries until %s", closed, midnight);
    }

    private Uni<Step> close(SqlConnection tx, UUID end, boolean[] more) {
        return repository.last(tx).chain(from -> {
            more[0] = from.compareTo(end) < 0;
            if (!more[0]) return Uni.createFrom().item(Step.of(0));
            return repository
                    .nth(tx, from, end, MOST_ROWS)
                    .map(beyond -> until(from, beyond, end))
                    .chain(until -> repository.close(tx, from, until, clock.instant()))
                    .map(Step::of);
        });
    }

    /** A close is at a moment, not within a millisecond: entries of several rows stay whole. */
    static UUID until(UUID from, UUID beyond, UUID end) {
        UUID moment = Ids.floor(Ids.timeOf(beyond));
        return moment.compareTo(from) > 0 ? moment : end;
    }
}
