package dev.tributary.job;

import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

/** Begins runs from within the program, for jobs that somebody waits for. */
@ApplicationScoped
public class JobStarts {
    /** A run that is about to end no longer looks for work; a longer one still does, and the schedule sees to the rest. */
    private static final int TRIES = 5;

    private static final long PAUSE_MILLIS = 500;

    private final Runner runner;
    private final Vertx vertx;

    JobStarts(Runner runner, Vertx vertx) {
        this.runner = runner;
        this.vertx = vertx;
    }

    /** Begins a run on a thread of its own, or soon after the one that goes on. */
    public void soon(Job job) {
        begin(job, TRIES);
    }

    private void begin(Job job, int tries) {
        if (tries == 0) return;
        runner.inBackground(
                RunRequest.asked(job, false), () -> vertx.setTimer(PAUSE_MILLIS, timer -> begin(job, tries - 1)));
    }
}
