package dev.tributary.job;

import io.vertx.core.Vertx;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A job's code running on the present thread, watched: its lock, its deadline, and whoever wants it to stop. */
final class Execution {
    private static final Logger LOG = Logger.getLogger(Execution.class);
    private static final long BEAT_MILLIS = 5_000;
    private static final int MESSAGE_LENGTH = 500;

    private final Vertx vertx;
    private final JobRun run;
    private final Job job;
    private final JobLock lock;
    private @Nullable Thread thread;

    /** @param message for people, null after a success */
    record Outcome(RunStatus status, @Nullable String message) {}

    Execution(Vertx vertx, JobRun run, Job job, JobLock lock) {
        this.vertx = vertx;
        this.run = run;
        this.job = job;
        this.lock = lock;
    }

    Outcome run(Duration deadline, Runnable beat) {
        thread(Thread.currentThread());
        lock.onLoss(() -> stop("The connection that holds its lock is gone"));
        long late = vertx.setTimer(deadline.toMillis(), timer -> stop("Its deadline of " + deadline + " has passed"));
        long beating = vertx.setPeriodic(BEAT_MILLIS, timer -> {
            lock.beat();
            beat.run();
        });
        try {
            job.run(run);
            return new Outcome(RunStatus.SUCCEEDED, null);
        } catch (JobFailed | RunStopped e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            // An interruption arrives as some exception or other; why it came is what people need to know.
            if (run.stopReason() != null) return failed(run.stopReason());
            LOG.errorf(e, "Job %s failed", job.name());
            return failed(e.getClass().getSimpleName() + ": " + e.getMessage());
        } finally {
            vertx.cancelTimer(late);
            vertx.cancelTimer(beating);
            thread(null);
        }
    }

    private static Outcome failed(String message) {
        return new Outcome(RunStatus.FAILED, message.substring(0, Math.min(message.length(), MESSAGE_LENGTH)));
    }

    /** From any thread: the job ends at its next step, and what it waits for is interrupted. */
    synchronized void stop(String why) {
        run.stop(why);
        if (thread != null) thread.interrupt();
    }

    private synchronized void thread(@Nullable Thread present) {
        thread = present;
        // An interruption that came too late must not meet what this thread does next.
        if (present == null) Thread.interrupted();
    }
}
