package dev.tributary.payout.admin;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
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

/** The table {@code payout_task} as staff work through it: newest first, and closed with a note. */
@ApplicationScoped
class TaskRepository {
    private static final String COLUMNS =
            "SELECT t.id, t.payout_id, t.ask, t.detail, t.opened_at, t.closed_at, t.closed_by, t.note FROM payout_task t";
    private static final String LIST = COLUMNS
            + """
              LEFT JOIN payout o ON o.id = t.payout_id
             WHERE t.id < $1 AND ($3::boolean IS NULL OR (t.closed_at IS NULL) = $3)
               AND ($4::text IS NULL OR t.ask = $4) AND ($5::uuid IS NULL OR t.payout_id = $5)
               AND ($6::uuid IS NULL OR o.program_id = $6)
             ORDER BY t.id DESC LIMIT $2
            """;
    private static final String FIND = COLUMNS + " WHERE t.id = $1";
    private static final String LOCK = FIND + " FOR UPDATE OF t";
    private static final String CLOSE =
            "UPDATE payout_task SET closed_at = $2, closed_by = $3, note = $4 WHERE id = $1 AND closed_at IS NULL";

    private final Transactions transactions;

    TaskRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What a list is narrowed to; null = not. */
    record Filter(@Nullable Boolean open, @Nullable String ask, @Nullable UUID payoutId, @Nullable UUID programId) {}

    Uni<List<TaskView.Line>> list(UUID before, int limit, Filter f) {
        Tuple asked = Tuple.of(before, limit, f.open, f.ask, f.payoutId, f.programId);
        return transactions.read(c -> c.preparedQuery(LIST).execute(asked)).map(TaskRepository::read);
    }

    Uni<Optional<TaskView.Line>> find(SqlConnection c, UUID id) {
        return c.preparedQuery(FIND).execute(Tuple.of(id)).map(TaskRepository::first);
    }

    /** The same, locked until the transaction ends. */
    Uni<Optional<TaskView.Line>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(TaskRepository::first);
    }

    Uni<Void> close(SqlConnection tx, UUID id, Instant at, String by, String note) {
        return tx.preparedQuery(CLOSE)
                .execute(Tuple.of(id, at.atOffset(ZoneOffset.UTC), by, note))
                .replaceWithVoid();
    }

    private static Optional<TaskView.Line> first(RowSet<Row> rows) {
        return read(rows).stream().findFirst();
    }

    private static List<TaskView.Line> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new TaskView.Line(row.getUUID("id"), row.getUUID("payout_id"), TaskView.read(row)))
                .toList();
    }
}
