package dev.tributary.commission;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
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

/** The commissions as people read them: newest first, each with its arithmetic. */
@ApplicationScoped
class CommissionQueries {
    private static final String COLUMNS =
            """
            SELECT id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, level, decision, conversion_id,
                   amount_minor, reversed_minor, currency, status, released, paid_at, earned_at,
                   coalesce(release_at, earned_at) AS release_at, entries, arithmetic, reason
              FROM commission
            """;
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::uuid IS NULL OR program_id = $3) AND ($4::uuid IS NULL OR affiliate_id = $4)
               AND ($5::text IS NULL OR status = $5) AND ($6::uuid IS NULL OR conversion_id = $6)
               AND ($7::text IS NULL OR source_kind = $7) AND ($8::timestamptz IS NULL OR earned_at >= $8)
               AND ($9::timestamptz IS NULL OR earned_at < $9)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String SOME = COLUMNS + " WHERE id = ANY ($1::uuid[]) ORDER BY id";

    private final Transactions transactions;
    private final CommissionRepository repository;

    CommissionQueries(Transactions transactions, CommissionRepository repository) {
        this.transactions = transactions;
        this.repository = repository;
    }

    /** What a list is narrowed to; null = not. */
    record Filter(
            @Nullable UUID programId,
            @Nullable UUID affiliateId,
            @Nullable String status,
            @Nullable UUID conversionId,
            @Nullable String source,
            java.time.@Nullable Instant from,
            java.time.@Nullable Instant to) {}

    Uni<List<BookedView.Line>> list(UUID before, int limit, Filter f) {
        Tuple asked = Tuple.tuple(java.util.Arrays.asList(
                before,
                limit,
                f.programId,
                f.affiliateId,
                f.status,
                f.conversionId,
                f.source,
                f.from == null ? null : f.from.atOffset(java.time.ZoneOffset.UTC),
                f.to == null ? null : f.to.atOffset(java.time.ZoneOffset.UTC)));
        return transactions.read(c -> c.preparedQuery(LIST).execute(asked)).map(this::read);
    }

    Uni<Optional<BookedView.Line>> find(UUID id) {
        return transactions
                .read(c -> c.preparedQuery(FIND).execute(Tuple.of(id)))
                .map(this::read)
                .map(found -> found.stream().findFirst());
    }

    Uni<List<BookedView.Line>> some(SqlConnection c, List<UUID> ids) {
        return c.preparedQuery(SOME).execute(Tuple.of(ids.toArray(UUID[]::new))).map(this::read);
    }

    private List<BookedView.Line> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(this::read).toList();
    }

    private BookedView.Line read(Row row) {
        JsonObject arithmetic = row.getJsonObject("arithmetic");
        return new BookedView.Line(
                row.getUUID("id"),
                BookedView.of(
                        CommissionRepository.read(row),
                        row.getString("reason"),
                        arithmetic == null ? null : repository.arithmetic(arithmetic.encode())));
    }
}
