package dev.tributary.analytics.rollup;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The functions of V26 and V32 that write the rollups, each in the transaction given. */
@ApplicationScoped
class RollupRepository {
    private static final String MARK =
            """
            INSERT INTO rollup_fact_due (id, kind)
            SELECT id, kind FROM unnest($1::uuid[], $2::text[]) AS m (id, kind) ORDER BY id, kind ON CONFLICT DO NOTHING
            """;
    /**
     * A minute after the last click of an hour that is not late (V26), by the same clock: a landing that began in time has
     * ended by then, because the lander's statements take nine seconds at most.
     */
    private static final String TAKE = "SELECT rollup_take(now() - interval '6 minutes', $1)";

    private static final String FOLD_CLICKS = "SELECT rollup_fold_clicks($1)";
    /** Mostly there is nothing, and then nobody's lock is waited for. */
    private static final String FOLD_FACTS =
            """
            SELECT CASE WHEN EXISTS (SELECT FROM rollup_fact_due) THEN rollup_fold_facts($1) ELSE 0 END
            """;

    private static final String CLOSE = "SELECT rollup_close($1, $2)";
    private static final String TRAIL = "SELECT rollup_trail($1)::int";
    private static final String SHARE = "SELECT rollup_share($1, $2)::int";
    private static final String REBUILD = "SELECT rollup_rebuild($1, $2, $3)";

    private static final String LAG =
            """
            SELECT (SELECT count(*) FROM rollup_fact_due) AS facts,
                   (SELECT count(*) FROM (SELECT FROM rollup_due WHERE rollup_is_late(hour) UNION ALL SELECT FROM rollup_taken) h) AS hours,
                   coalesce(extract(epoch FROM now() - (SELECT min(marked_at) FROM rollup_fact_due)), 0)::bigint AS seconds
            """;
    /** From the first day of which something is known; programs of which nothing is are left out. */
    private static final String PROGRAMS =
            """
            SELECT p.id, (now() AT TIME ZONE p.time_zone)::date AS today, f.first,
                   r.time_zone IS NOT NULL AND r.time_zone <> p.time_zone AS moved
              FROM program p LEFT JOIN rollup_program r ON r.program_id = p.id
             CROSS JOIN LATERAL (
                SELECT least((SELECT min(d.day) FROM rollup_program_daily d WHERE d.program_id = p.id AND d.cut = ''),
                             (SELECT min(f.day) FROM rollup_fact f WHERE f.program_id = p.id),
                             (SELECT (min(h.hour) AT TIME ZONE p.time_zone)::date FROM rollup_due h WHERE h.program_id = p.id))
                       AS first) f
             WHERE ($1::uuid IS NULL OR p.id = $1) AND f.first IS NOT NULL
             ORDER BY p.id
            """;

    /**
     * A program that has figures.
     *
     * @param today in its zone
     * @param first its first day with any
     * @param moved its zone is no longer the one by which its days were made
     */
    record Figured(UUID id, LocalDate today, LocalDate first, boolean moved) {}

    /**
     * What waits.
     *
     * @param hours that are over and not folded
     * @param seconds how long the fact that waits longest has waited
     */
    record Lag(long facts, long hours, long seconds) {}

    Uni<Void> mark(SqlConnection tx, List<UUID> ids, List<String> kinds) {
        return tx.preparedQuery(MARK)
                .execute(Tuple.of(ids.toArray(UUID[]::new), kinds.toArray(String[]::new)))
                .replaceWithVoid();
    }

    Uni<Integer> take(SqlConnection tx, int atMost) {
        return count(tx, TAKE, Tuple.of(atMost));
    }

    Uni<Integer> foldClicks(SqlConnection tx, int enough) {
        return count(tx, FOLD_CLICKS, Tuple.of(enough));
    }

    Uni<Integer> foldFacts(SqlConnection tx, int atMost) {
        return count(tx, FOLD_FACTS, Tuple.of(atMost));
    }

    Uni<Integer> close(SqlConnection tx, Instant now, int atMost) {
        return count(tx, CLOSE, Tuple.of(time(now), atMost));
    }

    Uni<Integer> trail(SqlConnection tx, Instant now) {
        return count(tx, TRAIL, Tuple.of(time(now)));
    }

    Uni<Integer> share(SqlConnection tx, Instant now, int busy) {
        return count(tx, SHARE, Tuple.of(time(now), (long) busy));
    }

    Uni<Void> rebuild(SqlConnection tx, UUID program, LocalDate from, LocalDate to) {
        return tx.preparedQuery(REBUILD).execute(Tuple.of(program, from, to)).replaceWithVoid();
    }

    Uni<List<Figured>> programs(SqlConnection c, @Nullable UUID only) {
        return c.preparedQuery(PROGRAMS).execute(Tuple.of(only)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new Figured(
                        row.getUUID("id"),
                        row.getLocalDate("today"),
                        row.getLocalDate("first"),
                        row.getBoolean("moved")))
                .toList());
    }

    Uni<Lag> lag(SqlConnection c) {
        return c.preparedQuery(LAG).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new Lag(row.getLong("facts"), row.getLong("hours"), row.getLong("seconds"));
        });
    }

    private static Uni<Integer> count(SqlConnection tx, String sql, Tuple arguments) {
        return tx.preparedQuery(sql)
                .execute(arguments)
                .map(rows -> ((Number) rows.iterator().next().getValue(0)).intValue());
    }

    private static OffsetDateTime time(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
