package dev.tributary.commission;

import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code milestone}. */
@ApplicationScoped
class MilestoneRepository {
    private static final String COLUMNS =
            """
            SELECT id, program_id, name, threshold, bonus_minor, currency, description, active, clawback, position, created_at,
                   updated_at
              FROM milestone
            """;
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::uuid IS NULL OR program_id = $3) AND ($4::boolean IS NULL OR active = $4)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String LOCK = FIND + " FOR NO KEY UPDATE";
    private static final String COUNT = "SELECT count(*) FROM milestone WHERE program_id = $1";
    private static final String INSERT =
            """
            INSERT INTO milestone (id, program_id, currency, created_at, name, threshold, bonus_minor, description, active,
                                   clawback, position, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """;
    private static final String UPDATE =
            """
            UPDATE milestone
               SET name = $2, threshold = $3, bonus_minor = $4, description = $5, active = $6, clawback = $7, position = $8,
                   updated_at = $9
             WHERE id = $1
            """;
    private static final String DELETE = "DELETE FROM milestone WHERE id = $1";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Transactions transactions;

    MilestoneRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<List<Milestone>> list(UUID before, int limit, @Nullable UUID programId, @Nullable Boolean active) {
        return transactions
                .read(c -> c.preparedQuery(LIST).execute(Tuple.of(before, limit, programId, active)))
                .map(MilestoneRepository::read);
    }

    Uni<Optional<Milestone>> find(UUID id) {
        return transactions.read(c -> one(c, FIND, id));
    }

    Uni<Optional<Milestone>> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, id);
    }

    private static Uni<Optional<Milestone>> one(SqlConnection c, String sql, UUID id) {
        return c.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<Long> count(SqlConnection tx, UUID programId) {
        return tx.preparedQuery(COUNT)
                .execute(Tuple.of(programId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Void> insert(SqlConnection tx, Milestone m) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.tuple(Arrays.asList(
                        m.id(),
                        m.programId(),
                        m.currency(),
                        m.createdAt().atOffset(ZoneOffset.UTC),
                        m.name(),
                        m.threshold(),
                        m.bonusMinor(),
                        m.description(),
                        m.active(),
                        m.clawback(),
                        m.position(),
                        m.updatedAt().atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    Uni<Void> update(SqlConnection tx, Milestone m) {
        return tx.preparedQuery(UPDATE)
                .execute(Tuple.tuple(Arrays.asList(
                        m.id(),
                        m.name(),
                        m.threshold(),
                        m.bonusMinor(),
                        m.description(),
                        m.active(),
                        m.clawback(),
                        m.position(),
                        m.updatedAt().atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    /** 409 once it was awarded. */
    Uni<Void> delete(SqlConnection tx, UUID id) {
        return tx.preparedQuery(DELETE)
                .execute(Tuple.of(id))
                .onFailure(MilestoneRepository::awarded)
                .transform(used -> new Problem(
                        ProblemKind.CONFLICT, "Affiliates have reached this milestone; switch it off instead"))
                .replaceWithVoid();
    }

    private static boolean awarded(Throwable failure) {
        return failure instanceof PgException pg && FOREIGN_KEY_VIOLATION.equals(pg.getSqlState());
    }

    static List<Milestone> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(MilestoneRepository::read)
                .toList();
    }

    static Milestone read(Row row) {
        return new Milestone(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getString("name"),
                row.getInteger("threshold"),
                row.getLong("bonus_minor"),
                row.getString("currency"),
                row.getString("description"),
                row.getBoolean("active"),
                row.getBoolean("clawback"),
                row.getInteger("position"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
