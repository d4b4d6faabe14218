package dev.tributary.affiliate;

import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code violation}. */
@ApplicationScoped
class ViolationRepository {
    private static final String COLUMNS =
            """
            SELECT id, affiliate_id, program_id, kind, severity, evidence, evidence_url, action, created_at, created_by
              FROM violation
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1 AND affiliate_id = $2";
    private static final String LIST = COLUMNS
            + """
             WHERE affiliate_id = $1 AND id < $2 AND ($4::text IS NULL OR kind = $4)
             ORDER BY id DESC LIMIT $3
            """;
    private static final String INSERT =
            """
            INSERT INTO violation (id, affiliate_id, program_id, kind, severity, evidence, evidence_url, action, created_at,
                                   created_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;
    private static final String ERASE =
            """
            UPDATE violation SET evidence = '', evidence_url = ''
             WHERE affiliate_id = $1 AND (evidence <> '' OR evidence_url <> '')
            """;

    private static final String IDS = "SELECT id FROM violation WHERE affiliate_id = $1";

    private final Transactions transactions;

    ViolationRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<Optional<Violation>> find(UUID affiliate, UUID id) {
        return transactions
                .read(c -> c.preparedQuery(FIND).execute(Tuple.of(id, affiliate)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ViolationRepository::read)
                        .findFirst());
    }

    Uni<List<Violation>> list(UUID affiliate, UUID before, int limit, @Nullable String kind) {
        return transactions.read(c -> list(c, affiliate, before, limit, kind));
    }

    Uni<List<Violation>> list(SqlConnection c, UUID affiliate, UUID before, int limit, @Nullable String kind) {
        return c.preparedQuery(LIST)
                .execute(Tuple.of(affiliate, before, limit, kind))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ViolationRepository::read)
                        .toList());
    }

    /** Adds one; a program that does not exist is a 400. */
    Uni<Void> insert(SqlConnection tx, Violation v) {
        Tuple row = Tuple.tuple(Arrays.asList(
                v.id(),
                v.affiliateId(),
                v.programId(),
                v.kind().word(),
                v.severity().word(),
                v.evidence(),
                v.evidenceUrl(),
                v.action().word(),
                v.createdAt().atOffset(ZoneOffset.UTC),
                v.createdBy()));
        return tx.preparedQuery(INSERT)
                .execute(row)
                .onFailure(AffiliateRepository::namesNobody)
                .transform(gone -> Problem.field("programId", "unknown", "There is no such program"))
                .replaceWithVoid();
    }

    /** Blanks the texts, which may tell of the person; answers how many. */
    Uni<Integer> erase(SqlConnection tx, UUID affiliate) {
        return tx.preparedQuery(ERASE).execute(Tuple.of(affiliate)).map(rows -> rows.rowCount());
    }

    Uni<List<UUID>> ids(SqlConnection tx, UUID affiliate) {
        return tx.preparedQuery(IDS).execute(Tuple.of(affiliate)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getUUID("id"))
                .toList());
    }

    private static Violation read(Row row) {
        return new Violation(
                row.getUUID("id"),
                row.getUUID("affiliate_id"),
                row.getUUID("program_id"),
                ViolationKind.of(row.getString("kind")),
                Violation.Severity.of(row.getString("severity")),
                row.getString("evidence"),
                row.getString("evidence_url"),
                Violation.Action.of(row.getString("action")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getString("created_by"));
    }
}
