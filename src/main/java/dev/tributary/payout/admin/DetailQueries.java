package dev.tributary.payout.admin;

import dev.tributary.payout.own.Breakdown;
import dev.tributary.payout.own.Breakdowns;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads one payout with all that belongs to it, each part within a bound. */
@ApplicationScoped
class DetailQueries {
    private static final String ATTEMPTS =
            """
            SELECT key, attempts, first_at, send_not_after, attempt_open, doubtful, absences, absent_at, ask
              FROM payout WHERE id = $1
            """;
    /** More people than any program asks for. */
    private static final String APPROVALS =
            "SELECT account, at FROM payout_approval WHERE payout_id = $1 ORDER BY at, account LIMIT 50";
    /** More than twenty stop everything. */
    private static final String TRANSFERS =
            """
            SELECT transfer_id, status, moved_minor, reversed_minor, currency, code, as_of
              FROM payout_transfer WHERE payout_id = $1 ORDER BY transfer_id LIMIT 20
            """;

    private static final String TASKS =
            """
            SELECT id, payout_id, ask, detail, opened_at, closed_at, closed_by, note
              FROM payout_task WHERE payout_id = $1 ORDER BY id DESC LIMIT 50
            """;
    private static final String HISTORY =
            """
            SELECT number, from_state, to_state, reason, actor, at FROM (
              SELECT number, from_state, to_state, reason, actor, at
                FROM payout_history WHERE payout_id = $1 ORDER BY number DESC LIMIT 200) AS last
             ORDER BY number
            """;

    private final PayoutQueries payouts;
    private final Breakdowns breakdowns;
    private final Transactions transactions;

    DetailQueries(PayoutQueries payouts, Breakdowns breakdowns, Transactions transactions) {
        this.payouts = payouts;
        this.breakdowns = breakdowns;
        this.transactions = transactions;
    }

    /** 404 where there is none. */
    Uni<PayoutDetail> get(UUID id) {
        return transactions.read(c -> {
            Gathering parts = new Gathering(c, id);
            return payouts.find(c, id)
                    .map(found -> found.orElseThrow(() -> Problem.notFound("Payout")))
                    .call(payout ->
                            breakdowns.of(c, id, payout.gross()).invoke(breakdown -> parts.breakdown = breakdown))
                    .call(parts::people)
                    .call(parts::provider)
                    .map(parts::detail);
        });
    }

    /** What belongs to one payout, read part by part on one connection. */
    private static final class Gathering {
        private final SqlConnection connection;
        private final Tuple id;
        private @Nullable Breakdown breakdown;
        private List<ApprovalView> approvals = List.of();
        private List<TaskView> tasks = List.of();
        private List<HistoryEntry> history = List.of();
        private @Nullable AttemptsView attempts;
        private List<TransferView> transfers = List.of();

        Gathering(SqlConnection connection, UUID id) {
            this.connection = connection;
            this.id = Tuple.of(id);
        }

        Uni<List<HistoryEntry>> people() {
            return read(APPROVALS, ApprovalView::read)
                    .invoke(found -> approvals = found)
                    .chain(() -> read(TASKS, TaskView::read))
                    .invoke(found -> tasks = found)
                    .chain(() -> read(HISTORY, HistoryEntry::read))
                    .invoke(found -> history = found);
        }

        Uni<List<TransferView>> provider() {
            return connection
                    .preparedQuery(ATTEMPTS)
                    .execute(id)
                    .invoke(rows -> attempts = AttemptsView.read(rows.iterator().next()))
                    .chain(() -> read(TRANSFERS, TransferView::read))
                    .invoke(found -> transfers = found);
        }

        private <T> Uni<List<T>> read(String sql, Function<Row, T> read) {
            return connection.preparedQuery(sql).execute(id).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                    .map(read)
                    .toList());
        }

        PayoutDetail detail(PayoutView payout) {
            return new PayoutDetail(
                    payout, approvals, attempts, transfers, tasks, history, Objects.requireNonNull(breakdown));
        }
    }
}
