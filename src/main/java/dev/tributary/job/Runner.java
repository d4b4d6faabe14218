package dev.tributary.job;

import dev.tributary.id.Ids;
import dev.tributary.postgres.DirectConnections;
import dev.tributary.postgres.Transactions;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs jobs: one run at a time of each in the whole installation, each with its record, its deadline and a heartbeat.
 *
 * <p>The lock lives with a connection. A process that was stopped and goes on after its lock was given away changes nothing
 * more, because every step first holds its run's row, which is no longer {@code running}.
 */
@ApplicationScoped
class Runner {
    private static final Logger LOG = Logger.getLogger(Runner.class);
    private static final Duration BEGIN = Transactions.DEADLINE.plusSeconds(2);
    /** How long a stop of the process waits for runs to notice; each step is shorter. */
    private static final long STOP_MILLIS = 5_000;

    private final Vertx vertx;
    private final DirectConnections connections;
    private final Transactions transactions;
    private final RunRepository repository;
    private final JobSettings settings;
    private final JobMetrics metrics;
    private final Tracer tracer;
    private final Ids ids;
    private final Set<Execution> running = ConcurrentHashMap.newKeySet();
    /** Bounded by the locks: one run of each job. */
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "job");
        thread.setDaemon(true);
        return thread;
    });

    Runner(
            Vertx vertx,
            DirectConnections connections,
            Transactions transactions,
            RunRepository repository,
            JobSettings settings,
            JobMetrics metrics,
            Tracer tracer,
            Ids ids) {
        this.vertx = vertx;
        this.connections = connections;
        this.transactions = transactions;
        this.repository = repository;
        this.settings = settings;
        this.metrics = metrics;
        this.tracer = tracer;
        this.ids = ids;
    }

    /** Runs on this thread to the end. Fails with a {@code conflict} where another run goes on. */
    RunStatus run(RunRequest request, RunListener listener) {
        Attempt attempt = new Attempt(request, repository);
        try {
            transactions.run(tx -> begin(tx, attempt)).await().atMost(BEGIN);
        } catch (RuntimeException e) {
            attempt.release();
            metrics.refused(request.job());
            throw e;
        }
        return carryOut(attempt, listener);
    }

    /** Takes the job's lock and writes the run's row, which stands when the transaction does. */
    Uni<RunRecord> begin(SqlConnection tx, Attempt attempt) {
        return attempt.begin(tx, vertx, connections, ids.next(), instance());
    }

    Attempt attempt(RunRequest request) {
        return new Attempt(request, repository);
    }

    /** Carries out what has begun, if it has, on a thread of its own. */
    void inBackground(Attempt attempt) {
        if (attempt.record().isPresent())
            threads.execute(
                    () -> carryOut(attempt, new LogListener(attempt.request().job())));
    }

    /** Runs the job at a scheduled moment, unless somebody else does or did. */
    void inBackground(RunRequest request) {
        inBackground(request, () -> {});
    }

    /** The same; told where somebody else does. */
    void inBackground(RunRequest request, Runnable skipped) {
        threads.execute(() -> {
            try {
                run(request, new LogListener(request.job()));
            } catch (RuntimeException e) {
                LOG.infof("%s is skipped: %s", request.job().name(), e.getMessage());
                skipped.run();
            }
        });
    }

    private RunStatus carryOut(Attempt attempt, RunListener listener) {
        RunRecord record = attempt.record().orElseThrow();
        JobRun run = new JobRun(attempt.request(), record, transactions, repository, listener);
        Execution execution = new Execution(vertx, run, attempt.request().job(), attempt.lock());
        running.add(execution);
        metrics.begun(record.job());
        long from = System.nanoTime();
        Span span = tracer.spanBuilder("job." + record.job()).startSpan();
        RunStatus status;
        try (Scope scope = span.makeCurrent()) {
            Execution.Outcome outcome =
                    execution.run(settings.deadline(attempt.request().job()), () -> beat(record, run));
            status = finish(record, run, outcome);
            if (status != RunStatus.SUCCEEDED) span.setStatus(StatusCode.ERROR);
        } finally {
            span.end();
        }
        running.remove(execution);
        attempt.release();
        metrics.ended(record, status, System.nanoTime() - from);
        return status;
    }

    private void beat(RunRecord record, JobRun run) {
        RunRepository.Progress at = run.progress();
        transactions
                .read(c -> repository.progress(c, record.id(), at.done(), at.total(), null))
                .subscribe()
                .with(
                        own -> {
                            if (!own) run.stop("another run has taken over");
                        },
                        failure -> LOG.debugf("A heartbeat of %s was lost: %s", record.job(), failure.getMessage()));
    }

    private RunStatus finish(RunRecord record, JobRun run, Execution.Outcome outcome) {
        if (outcome.message() != null) run.report("%s", outcome.message());
        try {
            boolean own = transactions
                    .run(tx -> repository.finish(
                            tx, record.id(), outcome.status(), run.progress(), run.lines(), outcome.message()))
                    .await()
                    .atMost(BEGIN);
            return own ? outcome.status() : RunStatus.ABANDONED;
        } catch (RuntimeException e) {
            LOG.warnf("The end of %s is not recorded (%s): the next run finds it abandoned", record.job(), e);
            return outcome.status();
        }
    }

    /** Runs end at their next step and keep their place. */
    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        running.forEach(execution -> execution.stop("The process is stopping"));
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        while (!running.isEmpty() && System.nanoTime() - deadline < 0) Thread.sleep(20);
        threads.shutdown();
    }

    static String instance() {
        try {
            return InetAddress.getLocalHost().getHostName() + "/"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException e) {
            return "unknown/" + ProcessHandle.current().pid();
        }
    }
}
