package dev.tributary.analytics.live;

import dev.tributary.id.TypeId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Commissions added up since the day, week or month began, for many affiliates in one query. From the rows themselves and not
 * from the rollups, which are folded some time later: an index leads to those of the affiliate and the time.
 */
@ApplicationScoped
class SumQueries {
    /** Of a statement: some milliseconds. */
    static final int MOST = 500;

    private static final String SUMS =
            """
            SELECT pg_current_snapshot()::text AS position, w.place, p.time_zone, p.currency AS own, d.since, d.until,
                   t.currency, t.commissions, t.pending, t.approved, t.paid, t.held
              FROM unnest($1::integer[], $2::uuid[], $3::uuid[], $4::text[]) AS w (place, affiliate_id, program_id, unit)
              JOIN program p ON p.id = w.program_id
             CROSS JOIN LATERAL (SELECT date_trunc(w.unit, $5::timestamptz AT TIME ZONE p.time_zone) AS began) l
             CROSS JOIN LATERAL (
                   SELECT l.began AT TIME ZONE p.time_zone AS since,
                          (l.began + ('1 ' || w.unit)::interval) AT TIME ZONE p.time_zone AS until) d
              LEFT JOIN LATERAL (
                   SELECT m.currency,
                          count(*) FILTER (WHERE m.status IN ('pending', 'approved', 'paid', 'held')) AS commissions,
                          coalesce(sum(m.amount_minor) FILTER (WHERE m.status = 'pending'), 0)::bigint AS pending,
                          coalesce(sum(m.amount_minor) FILTER (WHERE m.status = 'approved'), 0)::bigint AS approved,
                          coalesce(sum(m.amount_minor) FILTER (WHERE m.status = 'paid'), 0)::bigint AS paid,
                          coalesce(sum(m.amount_minor) FILTER (WHERE m.status = 'held'), 0)::bigint AS held
                     FROM commission m
                    WHERE m.affiliate_id = w.affiliate_id AND m.program_id = w.program_id
                      AND m.earned_at >= d.since AND m.earned_at < d.until
                    GROUP BY m.currency) t ON true
             ORDER BY w.place, t.currency
            """;

    private final Clock clock;

    SumQueries(Clock clock) {
        this.clock = clock;
    }

    /** What each of them shows; without those whose program is gone. Their {@code id} is the snapshot they were read in. */
    Uni<Map<Watched, LiveEarnings>> of(SqlConnection c, List<Watched> watched) {
        Map<Watched, LiveEarnings> all = new HashMap<>();
        Uni<Void> read = Uni.createFrom().voidItem();
        for (int from = 0; from < watched.size(); from += MOST) {
            List<Watched> part = watched.subList(from, Math.min(watched.size(), from + MOST));
            read = read.chain(() -> part(c, part)).invoke(all::putAll).replaceWithVoid();
        }
        return read.replaceWith(all);
    }

    private Uni<Map<Watched, LiveEarnings>> part(SqlConnection c, List<Watched> part) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Integer[] places = new Integer[part.size()];
        for (int i = 0; i < places.length; i++) places[i] = i;
        Tuple asked = Tuple.tuple()
                .addArrayOfInteger(places)
                .addArrayOfUUID(part.stream().map(Watched::affiliateId).toArray(UUID[]::new))
                .addArrayOfUUID(part.stream().map(Watched::programId).toArray(UUID[]::new))
                .addArrayOfString(part.stream().map(w -> w.span().unit).toArray(String[]::new))
                .addOffsetDateTime(OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
        return c.preparedQuery(SUMS).execute(asked).map(rows -> read(part, rows, now));
    }

    private static Map<Watched, LiveEarnings> read(List<Watched> part, RowSet<Row> rows, Instant now) {
        Map<Integer, List<Row>> byPlace = new LinkedHashMap<>();
        rows.forEach(row -> byPlace.computeIfAbsent(row.getInteger("place"), place -> new ArrayList<>())
                .add(row));
        Map<Watched, LiveEarnings> read = new HashMap<>();
        byPlace.forEach((place, lines) -> {
            Watched watched = part.get(place);
            read.put(watched, earnings(watched, lines, now));
        });
        return read;
    }

    private static LiveEarnings earnings(Watched watched, List<Row> lines, Instant now) {
        Row first = lines.get(0);
        String own = first.getString("own");
        List<LiveEarnings.Sum> sums = new ArrayList<>();
        sums.add(new LiveEarnings.Sum(own, 0, 0, 0, 0, 0, 0));
        for (Row line : lines) {
            if (line.getString("currency") == null) continue;
            LiveEarnings.Sum sum = sum(line);
            if (sum.currency().equals(own)) sums.set(0, sum);
            else sums.add(sum);
        }
        return new LiveEarnings(
                TypeId.PROGRAM.format(watched.programId()),
                watched.span().word(),
                first.getOffsetDateTime("since").toInstant(),
                first.getOffsetDateTime("until").toInstant(),
                first.getString("time_zone"),
                sums,
                now,
                new Position(first.getString("position")).id());
    }

    private static LiveEarnings.Sum sum(Row line) {
        long pending = line.getLong("pending");
        long approved = line.getLong("approved");
        long paid = line.getLong("paid");
        long held = line.getLong("held");
        return new LiveEarnings.Sum(
                line.getString("currency"),
                line.getLong("commissions"),
                pending + approved + paid + held,
                pending,
                approved,
                paid,
                held);
    }
}
