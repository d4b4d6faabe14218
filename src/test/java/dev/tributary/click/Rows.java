package dev.tributary.click;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Asks the database, and waits for what the lander will do. */
final class Rows {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration LANDED = Duration.ofSeconds(20);

    private final Pool pool;

    Rows(Pool pool) {
        this.pool = pool;
    }

    List<JsonObject> query(String sql, Object... arguments) {
        List<JsonObject> rows = new ArrayList<>();
        for (Row row :
                pool.preparedQuery(sql).execute(Tuple.from(arguments)).await().atMost(ANSWER)) rows.add(row.toJson());
        return rows;
    }

    /** The rows as soon as they fit; the last ones seen when they never do, so that the assertion can tell. */
    List<JsonObject> await(Predicate<List<JsonObject>> fits, String sql, Object... arguments) {
        long deadline = System.nanoTime() + LANDED.toNanos();
        List<JsonObject> rows = query(sql, arguments);
        while (!fits.test(rows) && System.nanoTime() < deadline) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            rows = query(sql, arguments);
        }
        return rows;
    }
}
