package dev.tributary.program;

import dev.tributary.postgres.Unique;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The table {@code program_plan}. Who writes it has locked its program, so that counts and positions hold. */
@ApplicationScoped
class PlanRepository {
    private static final String OF =
            """
            SELECT id, program_id, slug, name, position, created_at, updated_at
              FROM program_plan WHERE program_id = $1 ORDER BY position
            """;
    private static final String INSERT =
            """
            INSERT INTO program_plan (id, program_id, slug, name, position, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;
    private static final String UPDATE =
            """
            UPDATE program_plan SET name = $2, position = $3, updated_at = $4 WHERE id = $1
            """;
    private static final String DELETE = "DELETE FROM program_plan WHERE id = $1";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    Uni<List<Plan>> of(SqlConnection c, UUID programId) {
        return c.preparedQuery(OF).execute(Tuple.of(programId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(PlanRepository::read)
                .toList());
    }

    Uni<Void> insert(SqlConnection tx, Plan p) {
        Tuple row = Tuple.of(p.id(), p.programId(), p.slug(), p.name(), p.position())
                .addOffsetDateTime(p.createdAt().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(p.updatedAt().atOffset(ZoneOffset.UTC));
        return write(tx, INSERT, row);
    }

    Uni<Void> update(SqlConnection tx, Plan p) {
        return write(
                tx,
                UPDATE,
                Tuple.of(p.id(), p.name(), p.position(), p.updatedAt().atOffset(ZoneOffset.UTC)));
    }

    private static Uni<Void> write(SqlConnection tx, String sql, Tuple row) {
        return tx.preparedQuery(sql)
                .execute(row)
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("Another plan of this program has this slug or position"))
                .replaceWithVoid();
    }

    /** 409 while a discount code asks for it. */
    Uni<Void> delete(SqlConnection tx, UUID id) {
        return tx.preparedQuery(DELETE)
                .execute(Tuple.of(id))
                .onFailure(PlanRepository::inUse)
                .transform(used -> new Problem(ProblemKind.CONFLICT, "Discount codes ask for this plan"))
                .replaceWithVoid();
    }

    private static boolean inUse(Throwable failure) {
        return failure instanceof PgException pg && FOREIGN_KEY_VIOLATION.equals(pg.getSqlState());
    }

    private static Plan read(Row row) {
        return new Plan(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getString("slug"),
                row.getString("name"),
                row.getInteger("position"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
