package dev.tributary.analytics.live;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became visible between two snapshots: each event once, whoever appended it and however long its transaction took. */
@ApplicationScoped
class FeedQueries {
    /** Rows a query; half a megabyte. */
    static final int PAGE = 2_000;

    private static final String NOW = "SELECT pg_current_snapshot()::text AS position";
    /**
     * The first page chooses the later snapshot, and the others keep to it. Payouts that paid or came back change what is
     * told of commissions, too.
     */
    private static final String BETWEEN =
            """
            SELECT s.until::text AS position, e.id, e.type, e.aggregate_id, e.affiliate, e.program, e.age
              FROM (SELECT coalesce($2::text::pg_snapshot, pg_current_snapshot()) AS until) s
              LEFT JOIN LATERAL (
                   SELECT o.id, o.type, o.aggregate_id, o.payload ->> 'affiliateId' AS affiliate,
                          o.payload ->> 'programId' AS program,
                          extract(epoch FROM clock_timestamp() - o.created_at)::float8 AS age
                     FROM outbox_event o
                    WHERE o.xid >= pg_snapshot_xmin($1::text::pg_snapshot) AND o.xid < pg_snapshot_xmax(s.until)
                      AND NOT pg_visible_in_snapshot(o.xid, $1::text::pg_snapshot)
                      AND pg_visible_in_snapshot(o.xid, s.until)
                      AND o.type IN ('commission.earned', 'commission.changed', 'payout.paid', 'payout.returned',
                                     'payout.partly_returned', 'payout.failed')
                      AND ($3::uuid IS NULL OR o.id > $3)
                    ORDER BY o.id LIMIT $4) e ON true
            """;
    /** Of each returning stream one more than it is told, so that it shows when there are more. */
    private static final String MISSED =
            """
            SELECT w.place, e.type, e.aggregate_id
              FROM unnest($1::integer[], $2::text[], $3::text[], $4::text[]) AS w (place, affiliate, program, since)
             CROSS JOIN LATERAL (
                   SELECT o.id, o.type, o.aggregate_id FROM outbox_event o
                    WHERE o.type IN ('commission.earned', 'commission.changed')
                      AND o.payload ->> 'affiliateId' = w.affiliate
                      AND o.xid >= pg_snapshot_xmin(w.since::pg_snapshot) AND o.xid < pg_snapshot_xmax($5::text::pg_snapshot)
                      AND NOT pg_visible_in_snapshot(o.xid, w.since::pg_snapshot)
                      AND pg_visible_in_snapshot(o.xid, $5::text::pg_snapshot)
                      AND o.payload ->> 'programId' = w.program
                      AND o.created_at > now() - interval '24 hours'
                    ORDER BY o.xid LIMIT $6) e
             ORDER BY w.place, e.id
            """;

    /** One event, as far as it matters here. The age is in seconds, from the beginning of its transaction. */
    record Told(UUID id, String type, UUID aggregateId, String affiliate, String program, double age) {
        boolean ofCommission() {
            return type.startsWith("commission.");
        }
    }

    record Seen(Position position, List<Told> events) {
        Seen {
            events = List.copyOf(events);
        }
    }

    /** A stream that comes back, by its place in a list, and from where. */
    record Return(String affiliate, String program, Position since) {}

    record Missed(int place, String type, UUID commissionId) {}

    Uni<Position> now(SqlConnection c) {
        return c.query(NOW)
                .execute()
                .map(rows -> new Position(rows.iterator().next().getString("position")));
    }

    /** One page of what came between. Where it is full there may be more: after its last, until its position. */
    Uni<Seen> between(SqlConnection c, Position since, @Nullable Position until, @Nullable UUID after) {
        return c.preparedQuery(BETWEEN)
                .execute(Tuple.of(since.text(), until == null ? null : until.text(), after, PAGE))
                .map(FeedQueries::seen);
    }

    private static Seen seen(RowSet<Row> rows) {
        List<Told> events = new ArrayList<>();
        String position = "";
        for (Row row : rows) {
            position = row.getString("position");
            if (row.getUUID("id") == null) continue;
            events.add(new Told(
                    row.getUUID("id"),
                    row.getString("type"),
                    row.getUUID("aggregate_id"),
                    Objects.requireNonNullElse(row.getString("affiliate"), ""),
                    Objects.requireNonNullElse(row.getString("program"), ""),
                    row.getDouble("age")));
        }
        return new Seen(new Position(position), events);
    }

    /** What returning streams missed, of each at most so many, of the last 24 hours. */
    Uni<List<Missed>> missed(SqlConnection c, List<Return> returns, Position until, int atMost) {
        if (returns.isEmpty()) return Uni.createFrom().item(List.of());
        Integer[] places = new Integer[returns.size()];
        for (int i = 0; i < places.length; i++) places[i] = i;
        Tuple asked = Tuple.tuple()
                .addArrayOfInteger(places)
                .addArrayOfString(returns.stream().map(Return::affiliate).toArray(String[]::new))
                .addArrayOfString(returns.stream().map(Return::program).toArray(String[]::new))
                .addArrayOfString(returns.stream().map(r -> r.since().text()).toArray(String[]::new))
                .addString(until.text())
                .addInteger(atMost);
        return c.preparedQuery(MISSED).execute(asked).map(rows -> {
            List<Missed> missed = new ArrayList<>();
            rows.forEach(row -> missed.add(
                    new Missed(row.getInteger("place"), row.getString("type"), row.getUUID("aggregate_id"))));
            return missed;
        });
    }
}
