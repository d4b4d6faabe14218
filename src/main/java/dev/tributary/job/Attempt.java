package dev.tributary.job;

import dev.tributary.postgres.DirectConnections;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to begin one run: the job's lock, and the run's row in the caller's transaction. Where that transaction does
 * not commit, the caller {@link #release}s the lock, even one that is still on its way.
 */
final class Attempt {
    private final RunRequest request;
    private final RunRepository repository;
    private @Nullable JobLock lock;
    private @Nullable RunRecord record;
    private boolean released;

    Attempt(RunRequest request, RunRepository repository) {
        this.request = request;
        this.repository = repository;
    }

    /** The run's row; a {@code conflict} while another run goes on, or when the scheduled moment was run before. */
    Uni<RunRecord> begin(SqlConnection tx, Vertx vertx, DirectConnections connections, UUID id, String instance) {
        Future<Optional<JobLock>> taking =
                JobLock.take(vertx, connections, request.job().name()).onSuccess(found -> found.ifPresent(this::keep));
        return Uni.createFrom()
                .completionStage(taking.toCompletionStage())
                .chain(found -> found.isPresent() ? insert(tx, id, instance) : refuse(tx));
    }

    private Uni<RunRecord> insert(SqlConnection tx, UUID id, String instance) {
        return repository.begin(tx, id, request, instance).map(begun -> {
            RunRecord fresh = begun.orElseThrow(
                    () -> new Problem(ProblemKind.CONFLICT, request.job().name() + " was run for that moment before"));
            begun(fresh);
            return fresh;
        });
    }

    private Uni<RunRecord> refuse(SqlConnection tx) {
        return repository.running(tx, request.job().name()).map(other -> {
            String who = other.map(r -> "since %s on %s as %s".formatted(r.startedAt(), r.instance(), RunView.id(r)))
                    .orElse("and has not written its record yet");
            throw new Problem(ProblemKind.CONFLICT, request.job().name() + " is running " + who);
        });
    }

    private synchronized void keep(JobLock taken) {
        if (released) taken.release();
        else lock = taken;
    }

    private synchronized void begun(RunRecord fresh) {
        record = fresh;
    }

    synchronized Optional<RunRecord> record() {
        return lock == null || released ? Optional.empty() : Optional.ofNullable(record);
    }

    /** Of an attempt that has begun. */
    synchronized JobLock lock() {
        if (lock == null) throw new IllegalStateException("The run has not begun");
        return lock;
    }

    RunRequest request() {
        return request;
    }

    synchronized void release() {
        released = true;
        if (lock != null) lock.release();
    }
}
