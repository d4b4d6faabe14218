package dev.tributary.commission;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code adjustment}. */
@ApplicationScoped
class AdjustmentRepository {
    private static final String COLUMNS =
            """
            SELECT id, program_id, enrollment_id, affiliate_id, amount_minor, currency, reason, status, proposed_by, decided_by,
                   decided_at, created_at
              FROM adjustment
            """;
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::uuid IS NULL OR program_id = $3) AND ($4::uuid IS NULL OR affiliate_id = $4)
               AND ($5::text IS NULL OR status = $5)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String LOCK = FIND + " FOR NO KEY UPDATE";
    private static final String INSERT =
            """
            INSERT INTO adjustment (id, program_id, enrollment_id, affiliate_id, amount_minor, currency, reason, status,
                                    proposed_by, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9)
            """;
    private static final String DECIDE =
            """
            UPDATE adjustment SET status = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND status = 'proposed'
            """;

    private final Transactions transactions;

    AdjustmentRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<List<Adjustment>> list(
            UUID before, int limit, @Nullable UUID programId, @Nullable UUID affiliateId, @Nullable String status) {
        return transactions
                .read(c -> c.preparedQuery(LIST).execute(Tuple.of(before, limit, programId, affiliateId, status)))
                .map(AdjustmentRepository::read);
    }

    Uni<Optional<Adjustment>> find(UUID id) {
        return transactions
                .read(c -> c.preparedQuery(FIND).execute(Tuple.of(id)))
                .map(rows -> read(rows).stream().findFirst());
    }

    Uni<Optional<Adjustment>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<Void> insert(SqlConnection tx, Adjustment a) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.tuple(Arrays.asList(
                        a.id(),
                        a.programId(),
                        a.member().enrollmentId(),
                        a.member().affiliateId(),
                        a.amountMinor(),
                        a.currency(),
                        a.reason(),
                        a.proposedBy(),
                        a.createdAt().atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    Uni<Void> decide(SqlConnection tx, Adjustment a) {
        return tx.preparedQuery(DECIDE)
                .execute(Tuple.of(
                        a.id(),
                        a.status().word(),
                        a.decidedBy(),
                        Objects.requireNonNull(a.decidedAt()).atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private static List<Adjustment> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(AdjustmentRepository::read)
                .toList();
    }

    private static Adjustment read(Row row) {
        OffsetDateTime decided = row.getOffsetDateTime("decided_at");
        return new Adjustment(
                row.getUUID("id"),
                row.getUUID("program_id"),
                new Party.Member(row.getUUID("enrollment_id"), row.getUUID("affiliate_id")),
                row.getLong("amount_minor"),
                row.getString("currency"),
                row.getString("reason"),
                Adjustment.State.of(row.getString("status")),
                row.getString("proposed_by"),
                row.getString("decided_by"),
                decided == null ? null : decided.toInstant(),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
