package dev.tributary.contest;

import static dev.tributary.contest.ContestRepository.at;

import dev.tributary.analytics.leaderboard.Place;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The table {@code contest_standing}: computed from what happened between a contest's two moments, to the microsecond. */
@ApplicationScoped
class StandingRepository {
    private static final String REFERRALS =
            """
            SELECT r.affiliate_id, count(*) AS value, max(r.signed_up_at) AS reached_at FROM referral r
             WHERE r.program_id = $2 AND r.signed_up_at >= $3 AND r.signed_up_at < $4 GROUP BY r.affiliate_id
            """;
    /** A sale that was given back whole never was one. */
    private static final String SOLD =
            """
            SELECT v.affiliate_id, count(*) AS value, max(v.occurred_at) AS reached_at FROM conversion v
             WHERE v.program_id = $2 AND v.kind = 'sale' AND v.status = 'accepted' AND v.affiliate_id IS NOT NULL
               AND (v.amount_minor = 0 OR v.refunded_minor < v.amount_minor)
               AND v.occurred_at >= $3 AND v.occurred_at < $4
             GROUP BY v.affiliate_id
            """;

    private static final String REVENUE =
            """
            SELECT v.affiliate_id, sum(v.amount_minor - v.refunded_minor)::bigint AS value,
                   max(v.occurred_at) AS reached_at FROM conversion v
             WHERE v.program_id = $2 AND v.kind = 'sale' AND v.status = 'accepted' AND v.affiliate_id IS NOT NULL
               AND v.currency = $5 AND v.refunded_minor < v.amount_minor
               AND v.occurred_at >= $3 AND v.occurred_at < $4
             GROUP BY v.affiliate_id
            """;
    private static final String EARNINGS =
            """
            SELECT m.affiliate_id, sum(m.amount_minor)::bigint AS value, max(m.earned_at) AS reached_at FROM commission m
             WHERE m.program_id = $2 AND m.currency = $5 AND m.source_kind NOT IN ('contest', 'adjustment')
               AND m.amount_minor > 0 AND m.earned_at >= $3 AND m.earned_at < $4
             GROUP BY m.affiliate_id
            """;
    /** Clicks of whole days of the program from its rollup, of the hours before and after them one by one. */
    private static final String CONVERSION_RATE =
            """
            SELECT s.affiliate_id, (s.value * 10000 + k.clicks / 2) / k.clicks AS value, s.reached_at
              FROM (%s) s
              JOIN (SELECT affiliate_id, sum(clicks)::bigint AS clicks
                      FROM (SELECT f.affiliate_id, f.clicks
                              FROM span, figures_by_affiliate($2, span.first_day, span.last_day) f
                             WHERE span.first_day < span.last_day
                            UNION ALL
                            SELECT h.affiliate_id, h.clicks FROM span, click_hourly h
                             WHERE h.program_id = $2 AND h.hour >= $3 AND h.hour < least(span.days_from, $4)
                            UNION ALL
                            SELECT h.affiliate_id, h.clicks FROM span, click_hourly h
                             WHERE h.program_id = $2 AND h.hour < $4 AND h.hour >= greatest(span.days_until, span.days_from)
                               AND span.days_from < $4) each
                     GROUP BY affiliate_id) k ON k.affiliate_id = s.affiliate_id AND k.clicks >= $6
            """
                    .formatted(SOLD);
    /** The whole days within, in the program's time zone: from the first that begins, to the last that has begun at the end. */
    private static final String SPAN =
            """
            WITH zone AS (SELECT time_zone AS name FROM program WHERE id = $2),
            days AS (
                SELECT name, CASE WHEN $3::timestamptz = date_trunc('day', $3::timestamptz AT TIME ZONE name) AT TIME ZONE name
                                  THEN ($3::timestamptz AT TIME ZONE name)::date
                                  ELSE ($3::timestamptz AT TIME ZONE name)::date + 1 END AS first_day,
                       ($4::timestamptz AT TIME ZONE name)::date AS last_day FROM zone),
            span AS (
                SELECT first_day, last_day, first_day::timestamp AT TIME ZONE name AS days_from,
                       last_day::timestamp AT TIME ZONE name AS days_until FROM days),
            """;
    /** Who is stopped, looked into or not there any more has no place, and takes none away from others. */
    private static final String REFRESH = SPAN
            + """
            counted AS (%s),
            ok AS (
                SELECT c.affiliate_id, e.id AS enrollment_id, c.value, c.reached_at,
                       rank() OVER (ORDER BY c.value DESC)::integer AS rank
                  FROM counted c
                  JOIN enrollment e ON e.program_id = $2 AND e.affiliate_id = c.affiliate_id AND e.status = 'active'
                  JOIN affiliate a ON a.id = c.affiliate_id AND a.status = 'active' AND a.fraud_status = 'clear'
                 WHERE c.value > 0 AND $5::text IS NOT NULL AND $6::bigint IS NOT NULL),
            steps AS (
                SELECT value, lag(rank) OVER (ORDER BY rank) AS next_rank, lag(value) OVER (ORDER BY rank) AS next_value
                  FROM (SELECT DISTINCT value, rank FROM ok) d),
            placed AS (
                SELECT o.affiliate_id, o.enrollment_id, o.rank, o.value, o.reached_at, s.next_rank, s.next_value
                  FROM ok o JOIN steps s USING (value) ORDER BY o.rank, o.reached_at, o.affiliate_id LIMIT $7),
            old AS (
                SELECT affiliate_id, rank, value, reached_at, next_rank, next_value FROM contest_standing
                 WHERE contest_id = $1),
            gone AS (
                DELETE FROM contest_standing p USING old o
                 WHERE p.contest_id = $1 AND p.affiliate_id = o.affiliate_id
                   AND NOT EXISTS (SELECT FROM placed n WHERE n.affiliate_id = o.affiliate_id)),
            put AS (
                INSERT INTO contest_standing (contest_id, affiliate_id, enrollment_id, rank, value, reached_at, next_rank,
                                              next_value)
                SELECT $1, n.affiliate_id, n.enrollment_id, n.rank, n.value, n.reached_at, n.next_rank, n.next_value
                  FROM placed n LEFT JOIN old o USING (affiliate_id)
                 WHERE o.affiliate_id IS NULL
                    OR (o.rank, o.value, o.reached_at, o.next_rank, o.next_value)
                       IS DISTINCT FROM (n.rank, n.value, n.reached_at, n.next_rank, n.next_value)
                ON CONFLICT (contest_id, affiliate_id) DO UPDATE
                   SET rank = excluded.rank, value = excluded.value, reached_at = excluded.reached_at,
                       next_rank = excluded.next_rank, next_value = excluded.next_value)
            SELECT count(*)::integer AS ranked FROM placed
            """;

    /** So that a hundred thousand places are sorted and compared in memory. */
    private static final String ROOM = "SET LOCAL work_mem = '64MB'";

    private static final String SEEN = "UPDATE contest SET as_of = $2, ranked = $3 WHERE id = $1";
    private static final String FIRST =
            """
            SELECT affiliate_id, enrollment_id, rank, value, reached_at FROM contest_standing
             WHERE contest_id = $1 AND rank <= $2 ORDER BY rank, reached_at, affiliate_id LIMIT $3
            """;
    private static final String TOPS =
            """
            SELECT k.contest_id, s.affiliate_id, s.enrollment_id, s.rank, s.value, s.reached_at
              FROM unnest($1::uuid[]) AS k (contest_id)
             CROSS JOIN LATERAL (
                   SELECT affiliate_id, enrollment_id, rank, value, reached_at FROM contest_standing c
                    WHERE c.contest_id = k.contest_id ORDER BY rank, affiliate_id LIMIT $2) s
            """;
    private static final String NAMED =
            """
            SELECT s.affiliate_id, s.enrollment_id, s.rank, s.value, s.reached_at, a.name
              FROM contest_standing s JOIN affiliate a ON a.id = s.affiliate_id
             WHERE s.contest_id = $1 ORDER BY s.rank, s.reached_at, s.affiliate_id LIMIT $2
            """;
    private static final String OWN =
            """
            SELECT contest_id, rank, value, next_rank, next_value FROM contest_standing
             WHERE contest_id = ANY ($1::uuid[]) AND affiliate_id = $2
            """;
    private static final String FORGET =
            """
            DELETE FROM contest_standing s USING contest k
             WHERE k.id = s.contest_id AND k.settled_at IS NULL AND s.affiliate_id = $1
            """;

    /** Scores with the names of who has them. */
    record Named(List<Score> scores, Map<UUID, String> names) {}

    /** One score of one of several contests. */
    record Scored(UUID contestId, Score score) {}

    /** Somebody's own place in one of several contests. */
    record Own(UUID contestId, Place place) {}

    /** Computes the standings anew and writes what is different; answers how many have a place. */
    Uni<Integer> refresh(SqlConnection tx, Contest contest, int atMost, Instant now) {
        String counted =
                switch (contest.metric()) {
                    case REFERRALS -> REFERRALS;
                    case SALES -> SOLD;
                    case REVENUE -> REVENUE;
                    case EARNINGS -> EARNINGS;
                    case CONVERSION_RATE -> CONVERSION_RATE;
                };
        Tuple asked = Tuple.of(contest.id(), contest.programId(), at(contest.startsAt()), at(contest.endsAt()))
                .addString(contest.currency())
                .addLong((long) contest.minimumClicks())
                .addInteger(atMost);
        return tx.query(ROOM)
                .execute()
                .chain(() -> tx.preparedQuery(REFRESH.formatted(counted)).execute(asked))
                .map(rows -> rows.iterator().next().getInteger("ranked"))
                .call(ranked -> tx.preparedQuery(SEEN).execute(Tuple.of(contest.id(), at(now), ranked)));
    }

    /** Those of the first ranks, at most so many. */
    Uni<List<Score>> first(SqlConnection c, UUID contestId, int ranks, int limit) {
        return c.preparedQuery(FIRST).execute(Tuple.of(contestId, ranks, limit)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(StandingRepository::score)
                .toList());
    }

    /** From the top down, by name. */
    Uni<Named> named(SqlConnection c, UUID contestId, int limit) {
        return c.preparedQuery(NAMED).execute(Tuple.of(contestId, limit)).map(rows -> {
            Map<UUID, String> names = new HashMap<>();
            List<Score> scores = new ArrayList<>();
            for (Row row : rows) {
                Score score = score(row);
                scores.add(score);
                names.put(score.affiliateId(), row.getString("name"));
            }
            return new Named(scores, names);
        });
    }

    /** The first of several contests, each from its top down. */
    Uni<List<Scored>> tops(SqlConnection c, List<UUID> contests, int limit) {
        return c.preparedQuery(TOPS)
                .execute(Tuple.of(contests.toArray(UUID[]::new), limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Scored(row.getUUID("contest_id"), score(row)))
                        .toList());
    }

    Uni<List<Own>> own(SqlConnection c, List<UUID> contests, UUID affiliateId) {
        return c.preparedQuery(OWN)
                .execute(Tuple.of(contests.toArray(UUID[]::new), affiliateId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(StandingRepository::own)
                        .toList());
    }

    /** Takes somebody's places in contests that are not decided away; answers how many they were. */
    Uni<Integer> forget(SqlConnection tx, UUID affiliateId) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(affiliateId)).map(rows -> rows.rowCount());
    }

    private static Score score(Row row) {
        return new Score(
                row.getUUID("affiliate_id"),
                row.getUUID("enrollment_id"),
                row.getInteger("rank"),
                row.getLong("value"),
                row.getOffsetDateTime("reached_at").toInstant());
    }

    private static Own own(Row row) {
        Place place = Place.of(
                row.getInteger("rank"), row.getLong("value"), row.getInteger("next_rank"), row.getLong("next_value"));
        return new Own(row.getUUID("contest_id"), place);
    }

    /** The place in one of them. */
    static Optional<Place> of(List<Own> own, UUID contestId) {
        return own.stream()
                .filter(each -> each.contestId().equals(contestId))
                .map(Own::place)
                .findFirst();
    }
}
