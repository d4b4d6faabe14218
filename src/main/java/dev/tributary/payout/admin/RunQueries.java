package dev.tributary.payout.admin;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The runs of payouts as staff read them, newest first. */
@ApplicationScoped
class RunQueries {
    private static final String COLUMNS =
            """
            SELECT id, program_id, kind, period, state, started_by, started_at, finished_at, seen, paid, left_out, by_hand,
                   sums, barred, message
              FROM payout_run
            """;
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::uuid IS NULL OR program_id = $3) AND ($4::text IS NULL OR kind = $4)
               AND ($5::text IS NULL OR state = $5)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String GOES_ON =
            "SELECT 1 FROM payout_run WHERE program_id = $1 AND kind = 'manual' AND state = 'running' LIMIT 1";

    private final Transactions transactions;

    RunQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<List<RunView.Line>> list(
            UUID before, int limit, @Nullable UUID programId, @Nullable String kind, @Nullable String state) {
        return transactions
                .read(c -> c.preparedQuery(LIST).execute(Tuple.of(before, limit, programId, kind, state)))
                .map(RunQueries::read);
    }

    Uni<Optional<RunView>> find(SqlConnection c, UUID id) {
        return c.preparedQuery(FIND)
                .execute(Tuple.of(id))
                .map(rows -> read(rows).stream().findFirst().map(RunView.Line::view));
    }

    /** Whether a run that was started by hand goes on. */
    Uni<Boolean> goesOn(SqlConnection c, UUID program) {
        return c.preparedQuery(GOES_ON).execute(Tuple.of(program)).map(rows -> rows.size() > 0);
    }

    private static List<RunView.Line> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new RunView.Line(row.getUUID("id"), RunView.read(row)))
                .toList();
    }
}
