package dev.tributary.analytics.leaderboard;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Computes rankings and writes what is different from the last time: a place that stays is not touched, or a program with
 * a hundred thousand affiliates would rewrite them all every few minutes.
 */
@ApplicationScoped
class RankingRepository {
    private static final String PROGRAMS =
            """
            SELECT p.id, p.time_zone, p.currency, coalesce(s.names, 'initials') AS names,
                   coalesce(s.minimum_clicks, %d) AS minimum_clicks
              FROM program p LEFT JOIN leaderboard_setting s ON s.program_id = p.id
             WHERE p.leaderboard AND p.id > $1 AND ($2::uuid IS NULL OR p.id = $2) ORDER BY p.id LIMIT $3
            """
                    .formatted(Setting.USUAL_CLICKS);

    private static final String REFERRALS =
            """
            SELECT r.affiliate_id, count(*) AS value FROM referral r
             WHERE r.program_id = $1 AND r.signed_up_at >= $4::date::timestamp AT TIME ZONE $6
               AND r.signed_up_at < $5::date::timestamp AT TIME ZONE $6 AND $7::integer > 0
             GROUP BY r.affiliate_id
            """;
    private static final String EARNINGS =
            """
            SELECT f.affiliate_id, f.commission_minor AS value FROM figures_by_affiliate($1, $4, $5) f
             WHERE $6::text IS NOT NULL AND $7::integer > 0
            """;
    /** To the nearest, as statistics have it. */
    private static final String CONVERSION_RATE =
            """
            SELECT f.affiliate_id, (f.sales * 10000 + f.clicks / 2) / f.clicks AS value
              FROM figures_by_affiliate($1, $4, $5) f WHERE f.clicks >= $7::integer AND $6::text IS NOT NULL
            """;
    /** Who is stopped, looked into or not there any more has no place, and takes none away from others. */
    private static final String RANKED =
            """
            WITH counted AS (%s),
            ok AS (
                SELECT c.affiliate_id, c.value, rank() OVER (ORDER BY c.value DESC)::integer AS rank
                  FROM counted c
                  JOIN enrollment e ON e.program_id = $1 AND e.affiliate_id = c.affiliate_id AND e.status = 'active'
                  JOIN affiliate a ON a.id = c.affiliate_id AND a.status = 'active' AND a.fraud_status = 'clear'
                 WHERE c.value > 0),
            steps AS (
                SELECT value, lag(rank) OVER (ORDER BY rank) AS next_rank, lag(value) OVER (ORDER BY rank) AS next_value
                  FROM (SELECT DISTINCT value, rank FROM ok) d),
            placed AS (
                SELECT o.affiliate_id, o.rank, o.value, s.next_rank, s.next_value FROM ok o JOIN steps s USING (value)
                 ORDER BY o.rank, o.affiliate_id LIMIT $8)
            """;

    /** So that a hundred thousand places are sorted and compared in memory. */
    private static final String ROOM = "SET LOCAL work_mem = '64MB'";

    private static final String COUNT =
            RANKED + "SELECT count(*)::integer AS ranked, 0 AS changed FROM placed, (SELECT $2::text || $3::text) k";
    private static final String WRITE = RANKED
            + """
            , old AS (
                SELECT affiliate_id, rank, value, next_rank, next_value FROM leaderboard_place
                 WHERE program_id = $1 AND period = $2 AND metric = $3),
            gone AS (
                DELETE FROM leaderboard_place p USING old o
                 WHERE p.program_id = $1 AND p.period = $2 AND p.metric = $3 AND p.affiliate_id = o.affiliate_id
                   AND NOT EXISTS (SELECT FROM placed n WHERE n.affiliate_id = o.affiliate_id)
                RETURNING 1),
            put AS (
                INSERT INTO leaderboard_place AS p (program_id, period, metric, affiliate_id, rank, value, next_rank,
                                                    next_value)
                SELECT $1, $2, $3, n.affiliate_id, n.rank, n.value, n.next_rank, n.next_value
                  FROM placed n LEFT JOIN old o USING (affiliate_id)
                 WHERE o.affiliate_id IS NULL
                    OR (o.rank, o.value, o.next_rank, o.next_value)
                       IS DISTINCT FROM (n.rank, n.value, n.next_rank, n.next_value)
                ON CONFLICT (program_id, period, metric, affiliate_id) DO UPDATE
                   SET rank = excluded.rank, value = excluded.value, next_rank = excluded.next_rank,
                       next_value = excluded.next_value
                RETURNING 1)
            SELECT (SELECT count(*)::integer FROM placed) AS ranked,
                   (SELECT count(*)::integer FROM gone) + (SELECT count(*)::integer FROM put) AS changed
            """;
    private static final String TOP =
            """
            SELECT l.affiliate_id, l.rank, l.value, a.name, a.display_name,
                   coalesce(n.shown, a.leaderboard_opt_in) AS wishes
              FROM leaderboard_place l
              JOIN affiliate a ON a.id = l.affiliate_id
              JOIN enrollment e ON e.program_id = l.program_id AND e.affiliate_id = l.affiliate_id
              LEFT JOIN leaderboard_name n ON n.enrollment_id = e.id
             WHERE l.program_id = $1 AND l.period = $2 AND l.metric = $3
             ORDER BY l.rank, l.affiliate_id LIMIT $4
            """;
    private static final String SWITCHED_OFF =
            """
            WITH off AS (
                SELECT l.program_id FROM leaderboard l JOIN program p ON p.id = l.program_id
                 WHERE NOT p.leaderboard AND ($1::uuid IS NULL OR p.id = $1) GROUP BY 1 LIMIT 1),
            places AS (
                DELETE FROM leaderboard_place WHERE ctid = ANY (ARRAY(
                    SELECT l.ctid FROM leaderboard_place l JOIN off USING (program_id) LIMIT $2)) RETURNING 1),
            boards AS (
                DELETE FROM leaderboard USING off
                 WHERE leaderboard.program_id = off.program_id AND (SELECT count(*) FROM places) < $2 RETURNING 1)
            SELECT (SELECT count(*)::integer FROM places) + (SELECT count(*)::integer FROM boards) AS gone
            """;

    /** A program that wants rankings. */
    record Wanted(UUID programId, ZoneId zone, String currency, Setting setting) {}

    /** What a computation found, and how many places it changed. */
    record Outcome(int ranked, int changed) {}

    Uni<List<Wanted>> programs(SqlConnection c, UUID after, Optional<UUID> only, int limit) {
        return c.preparedQuery(PROGRAMS)
                .execute(Tuple.of(after, only.orElse(null), limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Wanted(
                                row.getUUID("id"),
                                ZoneId.of(row.getString("time_zone")),
                                row.getString("currency"),
                                new Setting(
                                        true,
                                        Setting.Naming.of(row.getString("names")),
                                        row.getInteger("minimum_clicks"))))
                        .toList());
    }

    /** Computes one ranking; writes nothing where it is only to be counted. */
    Uni<Outcome> rank(SqlConnection tx, Wanted program, BoardKey key, Span.Days days, int atMost, boolean write) {
        String counted =
                switch (key.metric()) {
                    case REFERRALS -> REFERRALS;
                    case EARNINGS -> EARNINGS;
                    case CONVERSION_RATE -> CONVERSION_RATE;
                };
        Tuple asked = Tuple.of(key.programId(), key.span().word(), key.metric().word())
                .addLocalDate(days.first())
                .addLocalDate(days.to())
                .addString(program.zone().getId())
                .addInteger(program.setting().minimumClicks())
                .addInteger(atMost);
        return tx.query(ROOM)
                .execute()
                .chain(() -> tx.preparedQuery((write ? WRITE : COUNT).formatted(counted))
                        .execute(asked))
                .map(rows -> rows.iterator().next())
                .map(row -> new Outcome(row.getInteger("ranked"), row.getInteger("changed")));
    }

    /** The first of them, as others see them. */
    Uni<List<Board.Shown>> top(SqlConnection c, BoardKey key, Setting setting) {
        return c.preparedQuery(TOP)
                .execute(Tuple.of(
                        key.programId(), key.span().word(), key.metric().word(), Board.MOST_SHOWN))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> shown(row, setting))
                        .toList());
    }

    private static Board.Shown shown(Row row, Setting setting) {
        return new Board.Shown(
                row.getUUID("affiliate_id"),
                row.getInteger("rank"),
                setting.shown(row.getString("name"), row.getString("display_name"), row.getBoolean("wishes")),
                row.getLong("value"));
    }

    /** Removes rankings that are not wanted any more, at most so many places at once; answers how much it was. */
    Uni<Integer> removeUnwanted(SqlConnection tx, Optional<UUID> only, int limit) {
        return tx.preparedQuery(SWITCHED_OFF)
                .execute(Tuple.of(only.orElse(null), limit))
                .map(rows -> rows.iterator().next().getInteger("gone"));
    }
}
