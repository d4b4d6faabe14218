package dev.tributary.payout.tax;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What a program's affiliates were paid, read from payouts and from the books. */
@ApplicationScoped
class PaymentRepository {
    private static final String PAGE =
            """
            SELECT p.id, p.affiliate_id, p.rail, p.paid_at, p.currency,
                   p.gross_minor - coalesce(back.net, 0) - coalesce(back.withheld, 0) AS gross,
                   p.withheld_minor - coalesce(back.withheld, 0) AS withheld
              FROM payout p
              LEFT JOIN LATERAL (
                   SELECT sum(e.amount_minor) FILTER (WHERE e.debit = 'clearing')::bigint AS net,
                          sum(e.amount_minor) FILTER (WHERE e.debit = 'withheld')::bigint AS withheld
                     FROM ledger_entry e
                    WHERE e.source_id = p.id AND e.source_kind = 'payout' AND e.kind = 'returned') back
                ON p.returned_minor > 0
             WHERE p.program_id = $1 AND p.paid_at >= $2 AND p.paid_at < $3 AND p.state = 'paid'
               AND (p.paid_at, p.id) > ($4, $5)
             ORDER BY p.paid_at, p.id LIMIT $6
            """;

    /** One payment, and the id by which the next page is asked for. */
    record Paid(UUID payoutId, Payment payment) {}

    /**
     * Payments of {@code [from, to)} after a place, in their order: what came back is taken off, and what came back whole is no
     * payment.
     */
    Uni<List<Paid>> page(
            SqlConnection c, UUID programId, Instant from, Instant to, Instant afterAt, UUID afterId, int limit) {
        return c.preparedQuery(PAGE)
                .execute(Tuple.of(
                        programId,
                        from.atOffset(ZoneOffset.UTC),
                        to.atOffset(ZoneOffset.UTC),
                        afterAt.atOffset(ZoneOffset.UTC),
                        afterId,
                        limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(PaymentRepository::read)
                        .toList());
    }

    private static Paid read(Row row) {
        return new Paid(
                row.getUUID("id"),
                new Payment(
                        row.getUUID("affiliate_id"),
                        row.getString("rail"),
                        row.getOffsetDateTime("paid_at").toInstant(),
                        row.getLong("gross"),
                        row.getLong("withheld"),
                        row.getString("currency")));
    }
}
