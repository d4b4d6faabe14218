package dev.tributary.payout;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code payout_run}. */
@ApplicationScoped
class RunRepository {
    /** What failed goes on where it stopped; what is done or running is left alone. */
    private static final String START =
            """
            INSERT INTO payout_run AS r (id, program_id, kind, period, state, started_by, started_at)
            VALUES ($1, $2, $3, $4, 'running', $5, $6)
            ON CONFLICT (program_id, kind, period) DO UPDATE SET state = 'running', finished_at = NULL, message = NULL
             WHERE r.state = 'failed'
            RETURNING id
            """;

    private static final String COLUMNS =
            """
            SELECT id, program_id, kind, period, state, started_by, started_at, finished_at, cursor, seen, left_out, by_hand,
                   sums, barred, message
              FROM payout_run
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String OF_PERIOD = COLUMNS + " WHERE program_id = $1 AND kind = $2 AND period = $3";
    private static final String LIST =
            COLUMNS + " WHERE id < $1 AND ($2::uuid IS NULL OR program_id = $2) ORDER BY id DESC LIMIT $3";
    private static final String LOCK = COLUMNS + " WHERE id = $1 AND state = 'running' FOR NO KEY UPDATE SKIP LOCKED";
    private static final String RUNNING =
            "SELECT id FROM payout_run WHERE state = 'running' ORDER BY started_at LIMIT $1";
    private static final String ADVANCE =
            """
            UPDATE payout_run SET cursor = $2, seen = $3, left_out = $4, paid = $3::bigint - $4::bigint, by_hand = $5, sums = $6, barred = $7
             WHERE id = $1
            """;
    private static final String END =
            """
            UPDATE payout_run SET state = $2, finished_at = $3, message = left($4, 500) WHERE id = $1 AND state = 'running'
            """;

    /** Answers its id; nothing where the period has a run that is done or goes on. */
    Uni<Optional<UUID>> start(
            SqlConnection tx, UUID id, UUID program, String kind, @Nullable String period, String by, Instant now) {
        return tx.preparedQuery(START)
                .execute(Tuple.tuple(Arrays.asList(id, program, kind, period, by, now.atOffset(ZoneOffset.UTC))))
                .map(rows -> {
                    Optional<UUID> started = Optional.empty();
                    for (Row row : rows) started = Optional.of(row.getUUID(0));
                    return started;
                });
    }

    Uni<Optional<Run>> find(SqlConnection c, UUID id) {
        return c.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> runs(rows).stream()
                .findFirst());
    }

    Uni<Optional<Run>> find(SqlConnection c, UUID program, Period period) {
        return c.preparedQuery(OF_PERIOD)
                .execute(Tuple.of(program, period.kind().word(), period.key()))
                .map(rows -> runs(rows).stream().findFirst());
    }

    /** Newest first. */
    Uni<List<Run>> list(SqlConnection c, UUID before, @Nullable UUID program, int limit) {
        return c.preparedQuery(LIST).execute(Tuple.of(before, program, limit)).map(RunRepository::runs);
    }

    /** One that runs, for one step of it; nobody where it is over or somebody else is at it. */
    Uni<Optional<Run>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(rows -> runs(rows).stream()
                .findFirst());
    }

    /** The longest first. */
    Uni<List<UUID>> running(SqlConnection c, int limit) {
        return c.preparedQuery(RUNNING).execute(Tuple.of(limit)).map(rows -> {
            List<UUID> ids = new ArrayList<>();
            for (Row row : rows) ids.add(row.getUUID(0));
            return ids;
        });
    }

    Uni<Void> advance(SqlConnection tx, UUID id, UUID cursor, RunSheet sheet) {
        return tx.preparedQuery(ADVANCE)
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        cursor,
                        sheet.seen(),
                        sheet.leftOut(),
                        sheet.byHand(),
                        sheet.sumsAsJson(),
                        sheet.barredAsJson())))
                .replaceWithVoid();
    }

    Uni<Void> end(SqlConnection tx, UUID id, String state, Instant now, @Nullable String message) {
        return tx.preparedQuery(END)
                .execute(Tuple.of(id, state, now.atOffset(ZoneOffset.UTC), message))
                .replaceWithVoid();
    }

    private static List<Run> runs(RowSet<Row> rows) {
        List<Run> runs = new ArrayList<>(rows.size());
        for (Row row : rows) runs.add(run(row));
        return runs;
    }

    private static Run run(Row row) {
        return new Run(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getString("kind"),
                Optional.ofNullable(row.getString("period")),
                row.getString("state"),
                row.getString("started_by"),
                row.getOffsetDateTime("started_at").toInstant(),
                Optional.ofNullable(PayoutRow.instant(row.getOffsetDateTime("finished_at"))),
                Optional.ofNullable(row.getUUID("cursor")),
                RunSheet.of(
                        row.getLong("seen"),
                        row.getLong("left_out"),
                        row.getLong("by_hand"),
                        row.getJsonObject("sums"),
                        row.getJsonObject("barred")),
                Optional.ofNullable(row.getString("message")));
    }
}
