package dev.tributary.ledger;

import dev.tributary.job.Job;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobOption;
import dev.tributary.job.JobRun;
import dev.tributary.postgres.DirectConnections;
import io.vertx.mutiny.pgclient.PgConnection;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Checks all the books, each claim with its query, and fails with the breaches it finds. It runs beside business: it only
 * reads, on a connection of its own, because adding up all entries takes longer than a transaction may.
 */
@Singleton
class CheckBooksJob implements Job {
    private static final String CHECK = "check";
    /** Enough to see the pattern; the query gives the rest. */
    private static final int SHOWN = 20;

    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** One check adds up some 500,000 entries a second, so this is for a billion. */
    private static final Duration ONE_CHECK = Duration.ofMinutes(50);

    private static final String READ_ONLY =
            "SET default_transaction_read_only = on; SET statement_timeout = '%dmin'".formatted(ONE_CHECK.toMinutes());

    private final List<BookCheck> checks;
    private final DirectConnections connections;

    CheckBooksJob(Instance<BookCheck> checks, DirectConnections connections) {
        this.checks =
                checks.stream().sorted(Comparator.comparing(BookCheck::name)).toList();
        this.connections = connections;
    }

    @Override
    public String name() {
        return "check-books";
    }

    @Override
    public String description() {
        return "Checks every invariant of the books and names each breach";
    }

    @Override
    public String schedule() {
        return "17 4 * * *";
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption(CHECK, "NAME", "This check alone", false));
    }

    @Override
    public void run(JobRun run) {
        List<BookCheck> wanted = wanted(run);
        run.total(wanted.size());
        PgConnection connection = open();
        int broken = 0;
        try {
            forAnswer(connection.query(READ_ONLY).execute().subscribeAsCompletionStage(), CONNECT);
            for (BookCheck check : wanted) if (!holds(run, connection, check)) broken++;
        } finally {
            // A check that still runs would keep the server busy for nobody.
            connection.cancelRequest().subscribe().with(done -> {}, failure -> {});
            connection.close().subscribe().with(done -> {}, failure -> {});
        }
        if (broken > 0) throw new JobFailed("%d of %d checks found the books wrong".formatted(broken, wanted.size()));
        run.report("the books are in order: %d checks", wanted.size());
    }

    private List<BookCheck> wanted(JobRun run) {
        String name = run.option(CHECK).orElse(null);
        if (name == null) return checks;
        List<BookCheck> found =
                checks.stream().filter(check -> check.name().equals(name)).toList();
        if (found.isEmpty())
            throw new JobFailed("There is no check %s; there are %s"
                    .formatted(
                            name,
                            String.join(
                                    ", ", checks.stream().map(BookCheck::name).toList())));
        return found;
    }

    private static boolean holds(JobRun run, PgConnection connection, BookCheck check) {
        run.check();
        List<String> breaches =
                forAnswer(check.breaches(connection, SHOWN + 1).subscribeAsCompletionStage(), ONE_CHECK);
        if (breaches.isEmpty()) {
            run.report("ok    %s: %s", check.name(), check.claim());
        } else {
            run.report("WRONG %s: not true that %s", check.name(), check.claim());
            breaches.stream().limit(SHOWN).forEach(breach -> run.report("      %s", breach));
            if (breaches.size() > SHOWN) run.report("      ... and more");
        }
        run.advance(1);
        return breaches.isEmpty();
    }

    private PgConnection open() {
        var attempt = connections.open();
        try {
            return PgConnection.newInstance(
                    forAnswer(attempt.toCompletionStage().toCompletableFuture(), CONNECT));
        } catch (RuntimeException e) {
            attempt.onSuccess(io.vertx.pgclient.PgConnection::close);
            throw e;
        }
    }

    /** Not {@code await()}, which would turn the interruption of a run that has to stop into something else. */
    private static <T> T forAnswer(CompletableFuture<T> future, Duration limit) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new CompletionException("No answer within " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
