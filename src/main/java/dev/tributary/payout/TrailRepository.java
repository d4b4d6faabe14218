package dev.tributary.payout;

import dev.tributary.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is left behind by changes of payouts: the tables {@code payout_history} and {@code payout_task}. */
@ApplicationScoped
class TrailRepository {
    /** The payouts are locked or new, so the numbers have no holes and no twins. */
    private static final String HISTORY =
            """
            INSERT INTO payout_history (payout_id, number, from_state, to_state, reason, actor, at)
            SELECT payout_id, coalesce((SELECT max(number) FROM payout_history h WHERE h.payout_id = n.payout_id), 0) + 1,
                   from_state, to_state, left(reason, 500), actor, $2
              FROM jsonb_to_recordset($1) AS n (payout_id uuid, from_state text, to_state text, reason text, actor text)
             ORDER BY payout_id
            """;

    private static final String OPEN =
            """
            INSERT INTO payout_task (id, payout_id, ask, detail, opened_at)
            SELECT id, payout_id, ask, left(detail, 500), $2
              FROM jsonb_to_recordset($1) AS n (id uuid, payout_id uuid, ask text, detail text)
             ORDER BY payout_id, ask
            ON CONFLICT (payout_id, ask) WHERE closed_at IS NULL DO NOTHING
            """;
    /** What came up beside a payout's way, such as an overpayment, only a person closes. */
    private static final String CLOSE =
            """
            UPDATE payout_task t SET closed_at = $2, closed_by = n.actor, note = 'went on'
              FROM jsonb_to_recordset($1) AS n (payout_id uuid, ask text, actor text)
             WHERE t.payout_id = n.payout_id AND t.closed_at IS NULL AND t.ask = ANY ($3::text[])
               AND t.ask IS DISTINCT FROM n.ask
            """;

    private static final Set<Ask> BESIDE = Set.of(Ask.MISMATCH);

    private final Ids ids;

    TrailRepository(Ids ids) {
        this.ids = ids;
    }

    /** A line of a payout's history. */
    record Line(UUID payoutId, String from, String to, String reason, String actor) {
        JsonObject row() {
            return new JsonObject()
                    .put("payout_id", payoutId.toString())
                    .put("from_state", from.isEmpty() ? null : from)
                    .put("to_state", to)
                    .put("reason", reason)
                    .put("actor", actor);
        }
    }

    Uni<Void> tell(SqlConnection tx, List<Line> lines, Instant now) {
        if (lines.isEmpty()) return Uni.createFrom().voidItem();
        JsonArray rows = new JsonArray();
        lines.forEach(line -> rows.add(line.row()));
        return tx.preparedQuery(HISTORY)
                .execute(Tuple.of(rows, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** What a person is asked about a payout. */
    record Task(UUID payoutId, String ask, String detail) {}

    /** Opens those that are not open. */
    Uni<Void> open(SqlConnection tx, List<Task> tasks, Instant now) {
        if (tasks.isEmpty()) return Uni.createFrom().voidItem();
        JsonArray rows = new JsonArray();
        for (Task each : tasks)
            rows.add(new JsonObject()
                    .put("id", ids.next().toString())
                    .put("payout_id", each.payoutId().toString())
                    .put("ask", each.ask())
                    .put("detail", each.detail()));
        return tx.preparedQuery(OPEN)
                .execute(Tuple.of(rows, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Which question of a payout still stands; null where none does. */
    record Standing(UUID payoutId, @org.jspecify.annotations.Nullable Ask ask, String actor) {}

    /** Closes what has become pointless: every question of these payouts but the one that stands. */
    Uni<Void> close(SqlConnection tx, List<Standing> standing, Instant now) {
        JsonArray rows = new JsonArray();
        for (Standing each : standing)
            rows.add(new JsonObject()
                    .put("payout_id", each.payoutId().toString())
                    .put("ask", each.ask() == null ? null : each.ask().word())
                    .put("actor", each.actor()));
        String[] asks = java.util.Arrays.stream(Ask.values())
                .filter(ask -> !BESIDE.contains(ask))
                .map(Ask::word)
                .toArray(String[]::new);
        return tx.preparedQuery(CLOSE)
                .execute(Tuple.of(rows, now.atOffset(ZoneOffset.UTC), asks))
                .replaceWithVoid();
    }
}
