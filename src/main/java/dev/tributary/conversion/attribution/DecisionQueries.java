package dev.tributary.conversion.attribution;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads decisions as they were kept. */
@ApplicationScoped
class DecisionQueries {
    /** A late click makes a second, a person a third: a hundred is somebody's loop, and its end is what matters. */
    private static final int MOST = 100;

    private static final String OF_CONVERSION =
            """
            SELECT v.id, d.number, d.basis, d.reason, d.model, d.version, d.window_days, d.click_missing, d.candidates,
                   d.decided_at, a.enrollment_id, a.affiliate_id, a.click_id, a.link_id, a.src, a.weight_bps
              FROM conversion v
              LEFT JOIN LATERAL (
                   SELECT * FROM attribution_decision d WHERE d.conversion_id = v.id ORDER BY d.number DESC LIMIT $2) d
                   ON true
              LEFT JOIN attribution a ON a.conversion_id = d.conversion_id AND a.decision = d.number
             WHERE v.id = $1
             ORDER BY d.number DESC, a.weight_bps DESC, a.click_id DESC
            """;

    private final Transactions transactions;

    DecisionQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The newest first; empty where there is no such conversion, an empty list where it waits. */
    Uni<Optional<List<DecisionView>>> of(UUID conversion) {
        return transactions
                .read(connection -> connection.preparedQuery(OF_CONVERSION).execute(Tuple.of(conversion, MOST)))
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(decisions(rows)));
    }

    private static List<DecisionView> decisions(RowSet<Row> rows) {
        List<DecisionView> decisions = new ArrayList<>();
        List<Winner> winners = new ArrayList<>();
        @Nullable Row before = null;
        for (Row row : rows) {
            if (row.getInteger("number") == null) return List.of();
            if (before != null && !before.getInteger("number").equals(row.getInteger("number"))) {
                decisions.add(decision(before, winners));
                winners.clear();
            }
            if (row.getUUID("enrollment_id") != null) winners.add(winner(row));
            before = row;
        }
        if (before != null) decisions.add(decision(before, winners));
        return decisions;
    }

    private static DecisionView decision(Row row, List<Winner> winners) {
        String reason = row.getString("reason");
        Decision decision = new Decision(
                row.getUUID("id"),
                row.getInteger("number"),
                row.getString("model"),
                row.getInteger("version"),
                row.getInteger("window_days"),
                Basis.of(row.getString("basis")),
                reason == null ? null : Exclusion.of(reason),
                row.getBoolean("click_missing"),
                winners,
                Candidates.read((JsonArray) row.getValue("candidates")));
        return DecisionView.of(decision, row.getOffsetDateTime("decided_at").toInstant());
    }

    private static Winner winner(Row row) {
        return new Winner(
                row.getUUID("enrollment_id"),
                row.getUUID("affiliate_id"),
                row.getUUID("click_id"),
                row.getUUID("link_id"),
                row.getString("src"),
                row.getInteger("weight_bps"));
    }
}
