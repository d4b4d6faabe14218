package dev.tributary.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A place in a transaction of the application where it stands still until it is let go: a trigger of the test's own waits there
 * for an advisory lock that the test holds. Before a row's statement, a killed application leaves nothing of the transaction;
 * within the commit, it leaves all of it and never hears so.
 */
final class Barrier implements AutoCloseable {
    private static final long LOCK = 770_077;
    private static final Duration REACHED_WITHIN = Duration.ofSeconds(60);
    private static final String FUNCTION =
            """
            CREATE OR REPLACE FUNCTION kill_point() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock(%d);
                RETURN NEW;
            END $$
            """
                    .formatted(LOCK);
    private static final String BEFORE =
            "CREATE TRIGGER kill_point BEFORE %s ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION kill_point()";
    private static final String WITHIN_COMMIT =
            """
            CREATE CONSTRAINT TRIGGER kill_point AFTER %s ON %s DEFERRABLE INITIALLY DEFERRED
               FOR EACH ROW WHEN (%s) EXECUTE FUNCTION kill_point()
            """;
    private static final String WAITING =
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = " + LOCK;
    private static final String WAITING_STATEMENT =
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%s'";

    /**
     * Where to stand still.
     *
     * @param inCommit within the commit, else before the row is written
     * @param when a condition on OLD and NEW
     */
    record Place(String event, String table, String when, boolean inCommit) {
        static Place before(String event, String table, String when) {
            return new Place(event, table, when, false);
        }

        static Place commit(String event, String table, String when) {
            return new Place(event, table, when, true);
        }
    }

    private final Connection holder;
    private final String table;
    private final String reached;

    private Barrier(Connection holder, String table, String reached) {
        this.holder = holder;
        this.table = table;
        this.reached = reached;
    }

    /** @param connection for it alone; closed with it */
    static Barrier at(Connection connection, Place place) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(FUNCTION);
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            statement.execute(
                    (place.inCommit() ? WITHIN_COMMIT : BEFORE).formatted(place.event(), place.table(), place.when()));
        }
        return new Barrier(connection, place.table(), WAITING);
    }

    /**
     * Whoever reads or writes the table waits at once.
     *
     * @param like what the statement is that counts
     */
    static Barrier atAnyUseOf(Connection connection, String table, String like) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
        }
        return new Barrier(connection, "", WAITING_STATEMENT.formatted(like));
    }

    /** Waits until somebody stands there. */
    void awaitReached() throws SQLException {
        await(reached, true);
    }

    private void await(String sql, boolean some) throws SQLException {
        long deadline = System.nanoTime() + REACHED_WITHIN.toNanos();
        while (number(sql) > 0 != some) {
            if (System.nanoTime() > deadline) throw new IllegalStateException("Never: " + sql);
            PackagedApp.pause();
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = holder.createStatement()) {
            // Within a transaction it would show one moment for ever.
            statement.execute("SELECT pg_stat_clear_snapshot()");
            ResultSet rows = statement.executeQuery(sql);
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Lets whoever stands there go on, and waits until PostgreSQL has ended what nobody waits for any more. */
    @Override
    public void close() throws SQLException {
        try (holder;
                Statement statement = holder.createStatement()) {
            if (table.isEmpty()) {
                holder.rollback();
                return;
            }
            statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
            await(WAITING, false);
            statement.execute("DROP TRIGGER kill_point ON " + table);
        }
    }
}
