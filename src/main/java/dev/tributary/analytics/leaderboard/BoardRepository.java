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
import org.jspecify.annotations.Nullable;

/** The tables {@code leaderboard} and {@code leaderboard_place}, as they are read and as names among them change. */
@ApplicationScoped
class BoardRepository {
    private static final String COLUMNS =
            """
            SELECT program_id, period, metric, generation, from_day, to_day, time_zone, currency, minimum_clicks, ranked,
                   last_rank, last_value, top, as_of
              FROM leaderboard
            """;
    private static final String FIND = COLUMNS + " WHERE program_id = $1 AND period = $2 AND metric = $3";
    private static final String LOCK = FIND + " FOR NO KEY UPDATE";
    private static final String LOCK_ALL =
            COLUMNS + " WHERE program_id = ANY ($1::uuid[]) ORDER BY program_id, period, metric FOR NO KEY UPDATE";
    private static final String PUT =
            """
            INSERT INTO leaderboard (program_id, period, metric, generation, from_day, to_day, time_zone, currency,
                                     minimum_clicks, ranked, last_rank, last_value, top, as_of)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (program_id, period, metric) DO UPDATE
               SET generation = excluded.generation, from_day = excluded.from_day, to_day = excluded.to_day,
                   time_zone = excluded.time_zone, currency = excluded.currency,
                   minimum_clicks = excluded.minimum_clicks, ranked = excluded.ranked,
                   last_rank = excluded.last_rank, last_value = excluded.last_value, top = excluded.top,
                   as_of = excluded.as_of
            """;
    private static final String PLACE =
            """
            SELECT l.rank, l.value, l.next_rank, l.next_value,
                   CASE WHEN l.rank IS NULL AND $3 = 'conversion_rate'
                        THEN (SELECT f.clicks FROM figures_total($1, $4, $5, $6) f) END AS clicks
              FROM (SELECT) AS asked
              LEFT JOIN leaderboard_place l
                ON l.program_id = $1 AND l.period = $2 AND l.metric = $3 AND l.affiliate_id = $4
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
    private static final String PROGRAMS_OF = "SELECT DISTINCT program_id FROM enrollment WHERE affiliate_id = $1";

    /** One place of everybody's. */
    record Placed(UUID affiliateId, Place place) {}

    /**
     * Where somebody is.
     *
     * @param clicks of those without a place where it is of a rate; else null
     */
    record Found(@Nullable Place place, @Nullable Long clicks) {}

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
        Place.Next last = board.last();
        return tx.preparedQuery(PUT)
                .execute(of(board.key())
                        .addLong(board.generation())
                        .addLocalDate(board.days().from())
                        .addLocalDate(board.days().to())
                        .addString(board.timeZone())
                        .addString(board.currency())
                        .addInteger(board.minimumClicks())
                        .addInteger(board.ranked())
                        .addInteger(last == null ? null : last.rank())
                        .addLong(last == null ? null : last.value())
                        .addJsonArray(Board.json(board.top()))
                        .addOffsetDateTime(board.asOf().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Somebody's place; of those without one their clicks, where the ranking is of a rate. */
    Uni<Found> place(SqlConnection c, Board board, UUID affiliateId) {
        Tuple asked = of(board.key())
                .addUUID(affiliateId)
                .addLocalDate(board.days().first())
                .addLocalDate(board.days().to());
        return c.preparedQuery(PLACE)
                .execute(asked)
                .map(rows -> rows.iterator().next())
                .map(row -> new Found(row.getInteger("rank") == null ? null : place(row), row.getLong("clicks")));
    }

    /** The last place, if there is any. */
    Uni<Optional<Place.Next>> last(SqlConnection c, BoardKey key) {
        return c.preparedQuery(LAST).execute(of(key)).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Place.Next(row.getInteger("rank"), row.getLong("value")))
                .findFirst());
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
                Place.Next.of(row.getInteger("last_rank"), row.getLong("last_value")),
                Board.top((JsonArray) row.getValue("top")),
                asOf);
    }
}
