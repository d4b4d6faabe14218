package dev.tributary.payout;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which programs pay when, of all programs at once: also of those that take no sales any more, which may still owe. */
@ApplicationScoped
class DueRepository {
    private static final String PROGRAMS =
            """
            SELECT p.id, p.time_zone, t.day_of_month, t.daily
              FROM program p LEFT JOIN payout_terms t ON t.program_id = p.id
             WHERE $1::uuid IS NULL OR p.id = $1
             ORDER BY p.id
            """;

    /** A program's days, as its terms have them. */
    record Due(UUID programId, ZoneId zone, int dayOfMonth, boolean daily) {
        /** The month's, and the day's where there is one. */
        List<Period> periods(Instant now) {
            Period month = Period.month(now, zone, dayOfMonth);
            return daily ? List.of(month, Period.day(now, zone)) : List.of(month);
        }
    }

    Uni<List<Due>> programs(SqlConnection c, Optional<UUID> only) {
        return c.preparedQuery(PROGRAMS).execute(Tuple.of(only.orElse(null))).map(rows -> {
            List<Due> due = new ArrayList<>(rows.size());
            for (Row row : rows) due.add(due(row));
            return due;
        });
    }

    private static Due due(Row row) {
        Short day = row.getShort("day_of_month");
        Boolean daily = row.getBoolean("daily");
        return new Due(
                row.getUUID("id"),
                ZoneId.of(row.getString("time_zone")),
                day == null ? ProgramTerms.USUAL.dayOfMonth() : day,
                daily == null ? ProgramTerms.USUAL.daily() : daily);
    }
}
