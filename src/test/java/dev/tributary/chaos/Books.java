package dev.tributary.chaos;

import dev.tributary.id.Ids;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * What PostgreSQL holds, compared with what visitors were promised.
 *
 * <p>Lost: acknowledged and in neither {@code click} nor {@code click_quarantine}. Duplicated: an id in both, or twice, or
 * counted by the rollup more or less often than it stands in the table. Every question opens its own connection, because
 * the server is killed between two of them.
 */
final class Books {
    /** Ids asked about in one statement: 160 kB. */
    private static final int CHUNK = 10_000;

    private static final String MISSING =
            """
            SELECT a.id FROM unnest(?::uuid[]) AS a (id)
             WHERE NOT EXISTS (SELECT FROM click c WHERE c.id = a.id)
               AND NOT EXISTS (SELECT FROM click_quarantine q WHERE q.id = a.id)
            """;
    private static final String TWICE =
            """
            SELECT (SELECT count(*) - count(DISTINCT id) FROM click)
                 + (SELECT count(*) FROM click c JOIN click_quarantine q ON q.id = c.id)
            """;
    /** By class, what the rollup counts beyond the rows; one statement, so one snapshot, so exact at any moment. */
    private static final String OFF =
            """
            SELECT rollup.clicks - seen.clicks, rollup.uniques - seen.uniques, rollup.duplicates - seen.duplicates,
                   rollup.unverified - seen.unverified, rollup.bots - seen.bots,
                   rollup.prefetches - seen.prefetches, rollup.heads - seen.heads
              FROM (SELECT count(*) FILTER (WHERE traffic = 'human') AS clicks,
                           count(*) FILTER (WHERE visit = 'unique') AS uniques,
                           count(*) FILTER (WHERE visit = 'duplicate') AS duplicates,
                           count(*) FILTER (WHERE visit = 'unverified') AS unverified,
                           count(*) FILTER (WHERE traffic = 'bot') AS bots,
                           count(*) FILTER (WHERE traffic = 'prefetch') AS prefetches,
                           count(*) FILTER (WHERE traffic = 'head') AS heads
                      FROM click) AS seen,
                   (SELECT coalesce(sum(clicks), 0) AS clicks, coalesce(sum(uniques), 0) AS uniques,
                           coalesce(sum(duplicates), 0) AS duplicates, coalesce(sum(unverified), 0) AS unverified,
                           coalesce(sum(bots), 0) AS bots, coalesce(sum(prefetches), 0) AS prefetches,
                           coalesce(sum(heads), 0) AS heads
                      FROM click_hourly) AS rollup
            """;

    private final String jdbcUrl;
    private final String user;

    Books(String jdbcUrl, String user) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
    }

    /** Waits until every id is there, at most {@code limit}; answers those that are not. */
    List<UUID> awaitAll(List<UUID> acknowledged, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        List<UUID> missing = missing(acknowledged);
        while (!missing.isEmpty() && System.nanoTime() < deadline) {
            PackagedApp.pause();
            missing = missing(missing);
        }
        return missing;
    }

    List<UUID> missing(List<UUID> ids) {
        List<UUID> missing = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            UUID[] chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK)).toArray(UUID[]::new);
            missing.addAll(ask(MISSING, chunk, row -> row.getObject(1, UUID.class)));
        }
        return missing;
    }

    /** Ids that stand in the books more than once. */
    long duplicated() {
        return number(TWICE);
    }

    /** Rollup minus rows, by class: clicks, uniques, duplicates, unverified, bots, prefetches, heads. */
    List<Long> rollupMinusRows() {
        return ask(OFF, null, row -> {
                    List<Long> counts = new ArrayList<>();
                    for (int i = 1; i <= 7; i++) counts.add(row.getLong(i));
                    return counts;
                })
                .get(0);
    }

    /** Whether a click made at or after this moment has landed. */
    boolean landedSince(Instant moment) {
        String sql = "SELECT count(*) FROM (SELECT FROM click WHERE id >= '" + Ids.floor(moment) + "' LIMIT 1) AS c";
        return number(sql) > 0;
    }

    long number(String sql) {
        return ask(sql, null, row -> row.getLong(1)).get(0);
    }

    List<String> texts(String sql) {
        return ask(sql, null, row -> row.getString(1));
    }

    void execute(String sql) {
        try (Connection connection = open();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> ask(String sql, UUID @org.jspecify.annotations.Nullable [] ids, Reader<T> reader) {
        try (Connection connection = open();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (ids != null) statement.setArray(1, connection.createArrayOf("uuid", ids));
            ResultSet rows = statement.executeQuery();
            List<T> all = new ArrayList<>();
            while (rows.next()) all.add(reader.read(rows));
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "120");
        return DriverManager.getConnection(jdbcUrl, properties);
    }
}
