package dev.tributary.payout.admin;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The payouts as staff read them, newest first. */
@ApplicationScoped
class PayoutQueries {
    private static final String COLUMNS =
            """
            SELECT o.id, o.run_id, o.kind, o.program_id, o.enrollment_id, o.affiliate_id, a.name AS affiliate_name, o.state,
                   o.hold, o.reason, o.rail, d.hint, o.gross_minor, o.fee_minor, o.withheld_minor, o.currency, o.returned_minor,
                   o.overpaid_minor, o.people, o.approval_reasons, o.requested_by, o.next_kind, o.next_at, o.created_at,
                   o.approved_at, o.submitted_at, o.paid_at, o.ended_at,
                   (SELECT count(*) FROM payout_approval p WHERE p.payout_id = o.id) AS approvals
              FROM payout o JOIN affiliate a ON a.id = o.affiliate_id
              LEFT JOIN payout_method d ON d.id = o.method_id
            """;
    private static final String LIST = COLUMNS
            + """
             WHERE o.id < $1 AND ($3::uuid IS NULL OR o.program_id = $3) AND ($4::uuid IS NULL OR o.affiliate_id = $4)
               AND ($5::text IS NULL OR o.state = $5) AND ($6::text IS NULL OR o.rail = $6)
               AND ($7::uuid IS NULL OR o.run_id = $7) AND ($8::boolean IS NULL OR (o.hold <> '') = $8)
               AND ($9::text IS NULL OR position(lower($9) IN lower(a.name)) > 0)
               AND ($10::timestamptz IS NULL OR o.created_at >= $10) AND ($11::timestamptz IS NULL OR o.created_at < $11)
             ORDER BY o.id DESC LIMIT $2
            """;
    private static final String SOME = COLUMNS + " WHERE o.id = ANY ($1::uuid[]) ORDER BY o.id";
    /** What somebody has approved or asked for would come up for ever, while it waits for others. */
    private static final String OLDEST_WAITING =
            """
            SELECT o.id FROM payout o
             WHERE o.state = 'requested' AND o.hold = '' AND ($2::uuid IS NULL OR o.program_id = $2)
               AND ($3::uuid IS NULL OR o.affiliate_id = $3) AND ($4::text IS NULL OR o.rail = $4)
               AND ($5::uuid IS NULL OR o.run_id = $5)
               AND ($6::bigint IS NULL OR o.gross_minor < $6 AND o.currency = $7::text)
               AND NOT EXISTS (SELECT FROM payout_approval p WHERE p.payout_id = o.id AND p.account = $8)
               AND ($9::boolean OR o.requested_by <> $8)
             ORDER BY o.id LIMIT $1
            """;

    private final Transactions transactions;

    PayoutQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What a list is narrowed to; null = not. The name is a part of the affiliate's. */
    record Filter(
            @Nullable UUID programId,
            @Nullable UUID affiliateId,
            @Nullable String status,
            @Nullable String rail,
            @Nullable UUID runId,
            @Nullable Boolean held,
            @Nullable String name,
            @Nullable Instant from,
            @Nullable Instant to) {}

    Uni<List<PayoutView.Line>> list(UUID before, int limit, Filter f) {
        Tuple asked = Tuple.tuple(Arrays.asList(
                before,
                limit,
                f.programId,
                f.affiliateId,
                f.status,
                f.rail,
                f.runId,
                f.held,
                f.name,
                utc(f.from),
                utc(f.to)));
        return transactions.read(c -> c.preparedQuery(LIST).execute(asked)).map(PayoutQueries::read);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    Uni<Optional<PayoutView>> find(SqlConnection c, UUID id) {
        return some(c, List.of(id)).map(found -> found.stream().findFirst().map(PayoutView.Line::view));
    }

    Uni<List<PayoutView.Line>> some(SqlConnection c, Collection<UUID> ids) {
        return c.preparedQuery(SOME).execute(Tuple.of(ids.toArray(UUID[]::new))).map(PayoutQueries::read);
    }

    /**
     * The payouts that wait for this account's approval the longest, of those that are meant; held ones are not.
     *
     * @param own whether those that the account asked for are among them
     */
    Uni<List<UUID>> waiting(SqlConnection c, int limit, BulkInput.Filter f, String account, boolean own) {
        Tuple asked = Tuple.tuple(Arrays.asList(
                limit,
                f.program(),
                f.affiliate(),
                f.rail(),
                f.run(),
                f.under() == null ? null : f.under().amount(),
                f.under() == null ? null : f.under().currency(),
                account,
                own));
        return c.preparedQuery(OLDEST_WAITING).execute(asked).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getUUID("id"))
                .toList());
    }

    private static List<PayoutView.Line> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new PayoutView.Line(row.getUUID("id"), PayoutView.read(row)))
                .toList();
    }
}
