package dev.tributary.analytics.leaderboard;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The tables {@code leaderboard} and {@code leaderboard_place}, as they are read and as names among them change. */
@ApplicationScoped
class BoardRepository {
    private static final String COLUMNS =
            """
            SELECT program_id, period, metric, generation, from_day, to_day, time_zone, currency, minimum_clicks, ranked, top,
                   as_of
              FROM leaderboard
            """;
    private static final String FIND = COLUMNS + " WHERE program_id = $1 AND period = $2 AND metric = $3";
    private static final String LOCK = FIND + " FOR NO KEY UPDATE";
    private static final String LOCK_ALL =
            COLUMNS + " WHERE program_id = ANY ($1::uuid[]) ORDER BY program_id, period, metric FOR NO KEY UPDATE";
    private static final String PUT =
            """
            INSERT INTO leaderboard (program_id, period, metric, generation, from_day, to_day, time_zone, currency,
                                     minimum_clicks, ranked, top, as_of)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (program_id, period, metric) DO UPDATE
               SET generation = excluded.generation, from_day = excluded.from_day, to_day = excluded.to_day,
                   time_zone = excluded.time_zone, currency = excluded.currency,
                   minimum_clicks = excluded.minimum_clicks, ranked = excluded.ranked, top = excluded.top,
                   as_of = excluded.as_of
            """;
    private static final String PLACE =
            """
            SELECT rank, value, next_rank, next_value FROM leaderboard_place
             WHERE program_id = $1 AND period = $2 AND metric = $3 AND affiliate_id = $4
            """;
    private static final String LAST =
            """
            SELECT rank, value FROM leaderboard_place
             WHERE program_id = $1 AND period = $2 AND metric = $3 ORDER BY rank DESC LIMIT 1
            """;
    private static final String PLACES =
            """
            SELECT affiliate_id, rank, value, next_rank, next_value FROM leaderboard_place
             WHERE program_id = $1 AND period = $2 AND metric = $3 ORDER BY rank, affiliate_id LIMIT $4
            """;
    private static final String STANDINGS =
            """
            SELECT l.affiliate_id, a.name, a.display_name, l.rank, l.value
              FROM leaderboard_place l JOIN affiliate a ON a.id = l.affiliate_id
             WHERE l.program_id = $1 AND l.period = $2 AND l.metric = $3 ORDER BY l.rank, l.affiliate_id LIMIT $4
            """;
    private static final String FORGET =
            """
            DELETE FROM leaderboard_place WHERE program_id = ANY ($1::uuid[]) AND affiliate_id = $2
            """;
    private static final String CLICKS = "SELECT clicks FROM figures_total($1, $2, $3, $4)";
    private static final String PROGRAMS_OF = "SELECT DISTINCT program_id FROM enrollment WHERE affiliate_id = $1";

    /** One place of everybody's. */
    record Placed(UUID affiliateId, Place place) {}

    /** One place as staff see it. */
    record Standing(UUID affiliateId, String name, String displayName, int rank, long value) {}

    Uni<Optional<Board>> find(SqlConnection c, BoardKey key) {
        return c.preparedQuery(FIND).execute(of(key)).map(BoardRepository::first);
    }

    Uni<Optional<Board>> lock(SqlConnection tx, BoardKey key) {
        return tx.preparedQuery(LOCK).execute(of(key)).map(BoardRepository::first);
    }

    /** All rankings of these programs, locked. */
    Uni<List<Board>> lockAll(SqlConnection tx, List<UUID> programs) {
        return tx.preparedQuery(LOCK_ALL)
                .execute(Tuple.of(programs.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(BoardRepository::read)
                        .toList());
    }

    Uni<Void> put(SqlConnection tx, Board board) {
        return tx.preparedQuery(PUT)
                .execute(of(board.key())
                        .addLong(board.generation())
                        .addLocalDate(board.days().from())
                        .addLocalDate(board.days().to())
                        .addString(board.timeZone())
                        .addString(board.currency())
                        .addInteger(board.minimumClicks())
                        .addInteger(board.ranked())
                        .addJsonArray(Board.json(board.top()))
                        .addOffsetDateTime(board.asOf().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<Optional<Place>> place(SqlConnection c, BoardKey key, UUID affiliateId) {
        return c.preparedQuery(PLACE).execute(of(key).addUUID(affiliateId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(BoardRepository::place)
                .findFirst());
    }

    /** What those see who have no place: the last one, if there is any. */
    Uni<Optional<Place.Next>> last(SqlConnection c, BoardKey key) {
        return c.preparedQuery(LAST).execute(of(key)).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Place.Next(row.getInteger("rank"), row.getLong("value")))
                .findFirst());
    }

    /** Somebody's clicks in the days of a ranking. */
    Uni<Long> clicks(SqlConnection c, UUID programId, UUID affiliateId, Span.Days days) {
        return c.preparedQuery(CLICKS)
                .execute(Tuple.of(programId, affiliateId, days.first(), days.to()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** From the first down, at most so many. */
    Uni<List<Placed>> places(SqlConnection c, BoardKey key, int limit) {
        return c.preparedQuery(PLACES).execute(of(key).addInteger(limit)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new Placed(row.getUUID("affiliate_id"), place(row)))
                .toList());
    }

    Uni<List<Standing>> standings(SqlConnection c, BoardKey key, int limit) {
        return c.preparedQuery(STANDINGS).execute(of(key).addInteger(limit)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new Standing(
                        row.getUUID("affiliate_id"),
                        row.getString("name"),
                        row.getString("display_name"),
                        row.getInteger("rank"),
                        row.getLong("value")))
                .toList());
    }

    Uni<List<UUID>> programsOf(SqlConnection c, UUID affiliateId) {
        return c.preparedQuery(PROGRAMS_OF).execute(Tuple.of(affiliateId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getUUID("program_id"))
                .toList());
    }

    /** Takes somebody's places away; answers how many they were. */
    Uni<Integer> forget(SqlConnection tx, List<UUID> programs, UUID affiliateId) {
        return tx.preparedQuery(FORGET)
                .execute(Tuple.of(programs.toArray(UUID[]::new), affiliateId))
                .map(rows -> rows.rowCount());
    }

    private static Tuple of(BoardKey key) {
        return Tuple.of(key.programId(), key.span().word(), key.metric().word());
    }

    private static Optional<Board> first(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(BoardRepository::read)
                .findFirst();
    }

    private static Place place(Row row) {
        return Place.of(
                row.getInteger("rank"), row.getLong("value"), row.getInteger("next_rank"), row.getLong("next_value"));
    }

    private static Board read(Row row) {
        BoardKey key = new BoardKey(
                row.getUUID("program_id"), Span.of(row.getString("period")), Metric.of(row.getString("metric")));
        Instant asOf = row.getOffsetDateTime("as_of").toInstant();
        return new Board(
                key,
                row.getLong("generation"),
                new Span.Days(row.getLocalDate("from_day"), row.getLocalDate("to_day")),
                row.getString("time_zone"),
                row.getString("currency"),
                row.getInteger("minimum_clicks"),
                row.getInteger("ranked"),
                Board.top((JsonArray) row.getValue("top")),
                asOf);
    }
}
