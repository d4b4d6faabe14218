package dev.tributary.payout;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Who is paid how often: the table {@code payout_schedule}, with a row for each enrollment that chose to be paid daily. A
 * daily run pays those of them who are trusted that day; whoever no longer is waits for the month.
 */
@ApplicationScoped
public class Schedules {
    private static final String IS_DAILY = "SELECT 1 FROM payout_schedule WHERE enrollment_id = $1";
    private static final String DAILY =
            """
            INSERT INTO payout_schedule (enrollment_id, daily_since) VALUES ($1, $2) ON CONFLICT DO NOTHING
            """;
    private static final String MONTHLY = "DELETE FROM payout_schedule WHERE enrollment_id = $1";

    public Uni<Period.Kind> of(SqlConnection c, UUID enrollmentId) {
        return c.preparedQuery(IS_DAILY)
                .execute(Tuple.of(enrollmentId))
                .map(rows -> rows.size() > 0 ? Period.Kind.DAILY : Period.Kind.MONTHLY);
    }

    /** The day after today, or the next one of the month on which the program pays; today counts. */
    public static LocalDate next(Period.Kind kind, int dayOfMonth, LocalDate today) {
        if (kind == Period.Kind.DAILY) return today.plusDays(1);
        LocalDate day = today.withDayOfMonth(dayOfMonth);
        return day.isBefore(today) ? day.plusMonths(1) : day;
    }

    public Uni<Void> choose(SqlConnection tx, UUID enrollmentId, Period.Kind kind, Instant now) {
        return kind == Period.Kind.DAILY
                ? tx.preparedQuery(DAILY)
                        .execute(Tuple.of(enrollmentId, now.atOffset(ZoneOffset.UTC)))
                        .replaceWithVoid()
                : tx.preparedQuery(MONTHLY).execute(Tuple.of(enrollmentId)).replaceWithVoid();
    }
}
