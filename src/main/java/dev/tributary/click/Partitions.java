package dev.tributary.click;

import dev.tributary.id.Ids;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The click table's partitions: one a UTC day, from the retention floor to a week ahead. A day below the floor is never
 * made again; a day above the horizon is a wrong clock.
 *
 * <p>A partition is made as a table and then attached, which waits for no report ({@code PARTITION OF} blocked the lander
 * behind one), and goes by {@code DETACH CONCURRENTLY}. All under a lock timeout, so that it is the partitions that wait.
 * Days ahead are made in advance; past days that a late click needs are made when it comes.
 */
final class Partitions {
    private static final int DAYS_AHEAD = 7;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'click_'yyyyMMdd");
    /** Two makers of one partition would meet in an error; this lock makes them meet in a queue. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(7234001)";

    private static final String LOCK_TIMEOUT = "SET lock_timeout = '5s'";

    private final int retentionDays;
    private final Clock clock;

    Partitions(int retentionDays, Clock clock) {
        this.retentionDays = retentionDays;
        this.clock = clock;
    }

    LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** Whether a click of this day may stand in the table. */
    boolean inRange(LocalDate day) {
        LocalDate today = today();
        return !day.isBefore(today.minusDays(retentionDays)) && !day.isAfter(today.plusDays(DAYS_AHEAD));
    }

    /** The days from yesterday to the horizon: what is made in advance. */
    List<LocalDate> ahead() {
        LocalDate today = today();
        return today.minusDays(1).datesUntil(today.plusDays(DAYS_AHEAD + 1)).toList();
    }

    static Set<LocalDate> existing(SqlClient client) {
        Set<LocalDate> days = new HashSet<>();
        for (String name : Wait.forAnswer(ClickRepository.partitions(client))) {
            try {
                days.add(LocalDate.parse(name, NAME));
            } catch (DateTimeParseException e) {
                // Somebody's own partition; not ours to judge.
            }
        }
        return days;
    }

    /** Makes those of the days that are in range and missing; answers all that exist then. */
    Set<LocalDate> make(PgConnection connection, List<LocalDate> days) {
        Set<LocalDate> existing = existing(connection);
        for (LocalDate day : days) {
            if (existing.contains(day) || !inRange(day)) continue;
            Wait.forAnswer(connection.begin().compose(tx -> connection
                    .query(LOCK)
                    .execute()
                    .compose(locked -> connection.query(create(day)).execute())
                    .compose(made -> tx.commit(), failed -> tx.rollback()
                            .transform(r -> io.vertx.core.Future.failedFuture(failed)))));
            existing.add(day);
        }
        return existing;
    }

    private static String create(LocalDate day) {
        String name = name(day);
        return """
                SET LOCAL lock_timeout = '5s';
                DO $$ BEGIN
                  IF to_regclass('%1$s') IS NULL THEN
                    CREATE TABLE %1$s (LIKE click INCLUDING ALL);
                    ALTER TABLE click ATTACH PARTITION %1$s FOR VALUES FROM ('%2$s') TO ('%3$s');
                  END IF;
                END $$
                """
                .formatted(name, bound(day), bound(day.plusDays(1)));
    }

    /** The days in advance that are not there yet. */
    List<LocalDate> missing(Set<LocalDate> existing) {
        return ahead().stream().filter(day -> !existing.contains(day)).toList();
    }

    /** The days below the floor, oldest first. */
    List<LocalDate> old(Set<LocalDate> existing) {
        return existing.stream().filter(this::isOld).sorted().toList();
    }

    boolean isOld(LocalDate day) {
        return day.isBefore(today().minusDays(retentionDays));
    }

    /** Removes a day; where it ends half-way, the day is a leftover. */
    static void drop(PgConnection connection, LocalDate day) {
        Wait.forAnswer(connection.query(LOCK_TIMEOUT).execute());
        Wait.forAnswer(connection
                .query("ALTER TABLE click DETACH PARTITION " + name(day) + " CONCURRENTLY")
                .execute());
        Wait.forAnswer(connection.query("DROP TABLE " + name(day)).execute());
    }

    /** Days that were taken out of the click table, by a removal that ended half-way or by hand. */
    static List<Leftover> leftovers(SqlClient client) {
        List<Leftover> found = new ArrayList<>();
        Wait.forAnswer(ClickRepository.leftovers(client)).forEach((name, pending) -> {
            LocalDate day = LocalDate.parse(name, NAME);
            // The 31st of a month that has none is somebody's own table; not ours to judge.
            if (name(day).equals(name)) found.add(new Leftover(day, pending));
        });
        return found;
    }

    /** Ends the removal of a leftover. */
    static void drop(PgConnection connection, Leftover leftover) {
        Wait.forAnswer(connection.query(LOCK_TIMEOUT).execute());
        if (leftover.pending) {
            Wait.forAnswer(connection
                    .query("ALTER TABLE click DETACH PARTITION " + name(leftover.day) + " FINALIZE")
                    .execute());
        }
        Wait.forAnswer(connection.query("DROP TABLE " + name(leftover.day)).execute());
    }

    /** @param pending whether PostgreSQL still counts it as a partition that is being detached */
    record Leftover(LocalDate day, boolean pending) {}

    static String name(LocalDate day) {
        return NAME.format(day);
    }

    /** The smallest id of a day. */
    static UUID bound(LocalDate day) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new UUID(start.toEpochMilli() << 16, 0);
    }

    static LocalDate dayOf(UUID id) {
        return Ids.timeOf(id).atZone(ZoneOffset.UTC).toLocalDate();
    }
}
