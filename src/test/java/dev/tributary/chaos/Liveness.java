package dev.tributary.chaos;

import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Asks the liveness probe four times a second, as an orchestrator does that would restart what does not answer. */
final class Liveness implements AutoCloseable {
    private final PackagedApp app;
    private final Thread thread = new Thread(this::run, "liveness");
    private volatile boolean stopping;
    private final AtomicInteger failed = new AtomicInteger();

    Liveness(PackagedApp app) {
        this.app = app;
        thread.start();
    }

    private void run() {
        while (!stopping) {
            if (!alive()) failed.incrementAndGet();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
        }
    }

    private boolean alive() {
        try {
            return app.get("/q/health/live").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    int failed() {
        return failed.get();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
