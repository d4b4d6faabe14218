package dev.tributary.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded load of clicks at a fixed rate over a fixed number of keep-alive connections, which remembers every answer.
 *
 * <p>Each connection has its own timetable. A request that is late because the one before it took long counts from when it
 * was due. After a refused or cut connection the timetable starts afresh, so an application that comes back is not met by
 * everything it missed.
 */
final class ClickLoad implements AutoCloseable {
    /** While the application is down, each connection asks again this often. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final int port;
    private final Visits visits;
    private final long intervalNanos;
    private final List<Thread> threads = new ArrayList<>();
    private final List<List<Answer>> answers = new ArrayList<>();
    private final AtomicLong next = new AtomicLong();
    private volatile boolean stopping;

    private ClickLoad(int port, Visits visits, long intervalNanos) {
        this.port = port;
        this.visits = visits;
        this.intervalNanos = intervalNanos;
    }

    /** Starts the load; it runs until it is stopped. */
    static ClickLoad start(int port, Visits visits, int connections, int perSecond) {
        long interval = TimeUnit.SECONDS.toNanos(1) * connections / perSecond;
        ClickLoad load = new ClickLoad(port, visits, interval);
        for (int i = 0; i < connections; i++) load.connect(i, interval * i / connections);
        return load;
    }

    private void connect(int number, long offset) {
        List<Answer> own = new ArrayList<>();
        answers.add(own);
        Thread thread = new Thread(() -> run(own, System.nanoTime() + offset), "clicks-" + number);
        threads.add(thread);
        thread.start();
    }

    private void run(List<Answer> own, long firstDue) {
        try (ClickConnection connection = new ClickConnection(port)) {
            long due = firstDue;
            while (!stopping) {
                await(due);
                Answer answer = connection.exchange(visits.request(next.getAndIncrement()), due);
                own.add(answer);
                due = answer.redirected() ? due + intervalNanos : System.nanoTime() + RETRY_NANOS;
            }
        }
    }

    private void await(long due) {
        for (long left = due - System.nanoTime(); left > 0 && !stopping; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Lets the load run for this long. */
    void run(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Lets the load run until so many requests more were sent. */
    void runFor(long requests) {
        long goal = next.get() + requests;
        while (next.get() < goal) PackagedApp.pause();
    }

    /** Lets requests that are under way finish, and hands over all answers. */
    LoadReport stop() {
        close();
        List<Answer> all = new ArrayList<>();
        answers.forEach(all::addAll);
        return new LoadReport(all);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
