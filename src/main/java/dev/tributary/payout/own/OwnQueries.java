package dev.tributary.payout.own;

import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The payouts of one affiliate, newest first. */
@ApplicationScoped
class OwnQueries {
    private static final String COLUMNS =
            """
            SELECT o.id, o.kind, o.program_id, o.state, o.hold <> '' AS held, o.reason, o.rail, d.hint, o.gross_minor, o.fee_minor,
                   o.withheld_minor, o.currency, o.returned_minor, o.created_at, o.submitted_at, o.paid_at, o.ended_at
              FROM payout o LEFT JOIN payout_method d ON d.id = o.method_id
            """;
    private static final String LIST = COLUMNS
            + """
             WHERE o.id < $1 AND o.affiliate_id = $3 AND ($4::uuid IS NULL OR o.program_id = $4)
               AND ($5::text[] IS NULL OR o.state = ANY ($5)) AND ($6::timestamptz IS NULL OR o.created_at >= $6)
               AND ($7::timestamptz IS NULL OR o.created_at < $7)
             ORDER BY o.id DESC LIMIT $2
            """;
    private static final String FIND = COLUMNS + " WHERE o.id = $1 AND o.affiliate_id = $2";
    private static final String PARTIES =
            """
            SELECT a.name AS affiliate, p.name AS program, p.time_zone
              FROM payout o JOIN affiliate a ON a.id = o.affiliate_id JOIN program p ON p.id = o.program_id
             WHERE o.id = $1
            """;

    private final Transactions transactions;

    OwnQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What a list is narrowed to; null = not. */
    record Filter(
            UUID affiliateId,
            @Nullable UUID programId,
            @Nullable String status,
            @Nullable Instant from,
            @Nullable Instant to) {}

    Uni<List<OwnPayoutView.Line>> list(UUID before, int limit, Filter f) {
        Tuple asked = Tuple.tuple(java.util.Arrays.asList(
                before,
                limit,
                f.affiliateId,
                f.programId,
                f.status == null ? null : OwnPayoutView.states(f.status).toArray(String[]::new),
                utc(f.from),
                utc(f.to)));
        return transactions.read(c -> c.preparedQuery(LIST).execute(asked)).map(OwnQueries::read);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    /** 404 where it is nobody's or another's. */
    Uni<OwnPayoutView> get(SqlConnection c, UUID id, UUID affiliateId) {
        return c.preparedQuery(FIND)
                .execute(Tuple.of(id, affiliateId))
                .map(OwnQueries::read)
                .map(found -> found.stream()
                        .findFirst()
                        .orElseThrow(() -> Problem.notFound("Payout"))
                        .view());
    }

    /** Who is paid by whom, by name, and where the payer's days begin. */
    Uni<Receipt.Parties> parties(SqlConnection c, UUID id) {
        return c.preparedQuery(PARTIES).execute(Tuple.of(id)).map(rows -> {
            Row row = rows.iterator().next();
            return new Receipt.Parties(
                    row.getString("affiliate"), row.getString("program"), row.getString("time_zone"));
        });
    }

    private static List<OwnPayoutView.Line> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new OwnPayoutView.Line(row.getUUID("id"), OwnPayoutView.read(row)))
                .toList();
    }
}
