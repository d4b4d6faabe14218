package dev.tributary.job;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job, as the job sees it: what is wanted, how far an earlier run came, and where to say how it goes. Used on
 * the run's thread.
 */
public final class JobRun {
    /** Lines kept with the run; a job that says more is read in the log. */
    private static final int LINES = 200;

    private static final int LINE_LENGTH = 500;
    /** The transaction's own deadline, as long for its place in the queue, and the time to give its connection back. */
    private static final Duration ANSWER = Transactions.DEADLINE.multipliedBy(2).plusSeconds(2);

    private final RunRequest request;
    private final RunRecord record;
    private final Transactions transactions;
    private final RunRepository repository;
    private final RunListener listener;
    private final List<String> lines = new ArrayList<>();
    private @Nullable JsonObject cursor;
    private volatile long done;
    private volatile @Nullable Long total;
    private volatile @Nullable String stopped;

    JobRun(
            RunRequest request,
            RunRecord record,
            Transactions transactions,
            RunRepository repository,
            RunListener listener) {
        this.request = request;
        this.record = record;
        this.transactions = transactions;
        this.repository = repository;
        this.listener = listener;
        cursor = record.cursor();
    }

    /** Whether to tell what would be done, and do nothing. */
    public boolean dryRun() {
        return request.dryRun();
    }

    /** The value of an option of the command line. */
    public Optional<String> option(String name) {
        return Optional.ofNullable(request.options().get(name));
    }

    /** The place where the last run of this job, which did not succeed, had come to; or this run's own since. */
    public Optional<JsonObject> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** Says how many units of work there are, where that is known. */
    public void total(long units) {
        total = units;
        listener.progress(done, units);
    }

    /** Says that units of work are done outside steps, and throws when the run must not go on. */
    public void advance(long units) {
        done += units;
        listener.progress(done, total);
        check();
    }

    /** A line for people, such as a count; no personal data. */
    public void report(String format, Object... arguments) {
        String text = arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments);
        String line = text.substring(0, Math.min(text.length(), LINE_LENGTH));
        if (lines.size() < LINES) lines.add(line);
        else if (lines.size() == LINES) lines.add("... more lines are in the log");
        listener.line(line);
    }

    /** Throws when the run must not go on: call it before each effect that is not a {@link #step}. */
    public void check() {
        String why = stopped;
        if (why != null) throw new RunStopped(why);
    }

    /**
     * Does one bounded piece of work in one transaction, together with the place reached: neither is kept without the
     * other, and not at all when the run has been taken over, so each step has its effect once. In a dry run the
     * transaction can only read.
     */
    public Step step(Function<SqlConnection, Uni<Step>> work) {
        check();
        Step step = transactions
                .run(Transactions.DEADLINE, tx -> request.dryRun() ? readOnly(tx, work) : owned(tx, work))
                .await()
                .atMost(ANSWER);
        if (step.cursor() != null) cursor = step.cursor();
        advance(step.done());
        return step;
    }

    private Uni<Step> owned(SqlConnection tx, Function<SqlConnection, Uni<Step>> work) {
        return repository
                .own(tx, record.id())
                .invoke(own -> {
                    if (!own) throw new RunStopped("another run has taken over");
                })
                .chain(() -> work.apply(tx))
                .call(step -> repository.progress(tx, record.id(), done + step.done(), total, step.cursor()));
    }

    private static Uni<Step> readOnly(SqlConnection tx, Function<SqlConnection, Uni<Step>> work) {
        return tx.query("SET TRANSACTION READ ONLY").execute().chain(() -> work.apply(tx));
    }

    @Nullable
    String stopReason() {
        return stopped;
    }

    void stop(String why) {
        if (stopped == null) stopped = why;
    }

    RunRepository.Progress progress() {
        return new RunRepository.Progress(done, total);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
