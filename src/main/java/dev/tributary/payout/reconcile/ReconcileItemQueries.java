package dev.tributary.payout.reconcile;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The differences as people see and explain them. */
@ApplicationScoped
class ReconcileItemQueries {
    private static final String COLUMNS =
            """
            SELECT id, rail, kind, transfer_id, payout_id, detail, first_seen, last_seen, cleared_at, explained_at, explained_by, note
              FROM reconcile_item
            """;
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::text IS NULL OR rail = $3) AND ($4::text IS NULL OR kind = $4)
               AND ($5::uuid IS NULL OR payout_id = $5)
               AND CASE $6::text WHEN 'open' THEN cleared_at IS NULL AND explained_at IS NULL
                                 WHEN 'explained' THEN cleared_at IS NULL AND explained_at IS NOT NULL
                                 WHEN 'cleared' THEN cleared_at IS NOT NULL
                                 ELSE true END
             ORDER BY id DESC LIMIT $2
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String EXPLAIN =
            "UPDATE reconcile_item SET explained_at = $2, explained_by = $3, note = $4 WHERE id = $1";

    record Filter(@Nullable String rail, @Nullable String kind, @Nullable UUID payoutId, @Nullable String state) {}

    Uni<List<ReconcileItemView>> list(SqlConnection c, UUID before, int limit, Filter filter) {
        return c.preparedQuery(LIST)
                .execute(Tuple.of(before, limit, filter.rail(), filter.kind(), filter.payoutId(), filter.state()))
                .map(ReconcileItemQueries::read);
    }

    Uni<Optional<ReconcileItemView>> find(SqlConnection c, UUID id) {
        return c.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<Optional<ReconcileItemView>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<Void> explain(SqlConnection tx, UUID id, String account, String note, Instant at) {
        return tx.preparedQuery(EXPLAIN)
                .execute(Tuple.of(id, at.atOffset(ZoneOffset.UTC), account, note))
                .replaceWithVoid();
    }

    private static List<ReconcileItemView> read(RowSet<Row> rows) {
        List<ReconcileItemView> found = new ArrayList<>(rows.size());
        for (Row row : rows) found.add(ReconcileItemView.read(row));
        return found;
    }
}
