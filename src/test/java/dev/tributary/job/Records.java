package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a test reads in the database. */
record Records(Pool pool) {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    static final RunListener SILENT = new RunListener() {
        @Override
        public void line(String line) {}

        @Override
        public void progress(long done, @Nullable Long total) {}
    };

    List<JsonObject> query(String sql, Object... arguments) {
        List<JsonObject> rows = new ArrayList<>();
        for (Row row :
                pool.preparedQuery(sql).execute(Tuple.from(arguments)).await().atMost(ANSWER)) rows.add(row.toJson());
        return rows;
    }

    List<Integer> numbers() {
        return query("SELECT number FROM test_written ORDER BY number").stream()
                .map(row -> row.getInteger("number"))
                .toList();
    }

    JsonObject last(String job) {
        return query("SELECT * FROM job_run WHERE job = $1 ORDER BY id DESC LIMIT 1", job)
                .get(0);
    }

    List<String> statuses(String job) {
        return query("SELECT status FROM job_run WHERE job = $1 ORDER BY id", job).stream()
                .map(row -> row.getString("status"))
                .toList();
    }

    /** Cuts the connection that holds the job's lock, as a failing server would. */
    void cutLock() {
        query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 20563");
    }

    boolean lockHeld() {
        return !query("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 20563")
                .isEmpty();
    }

    /** Waits for what must come; gives up after a time far beyond it. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("did not happen in time").isLessThan(deadline);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
