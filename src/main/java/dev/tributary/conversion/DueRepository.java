package dev.tributary.conversion;

import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * The table {@code conversion_due}: whose commissions are to be computed.
 *
 * <p>Who takes locks the marks first and reads the conversions by a second statement, so that it sees whatever was
 * committed before it had the lock. Who marks again must wait for that lock ({@code DO UPDATE}, never {@code DO NOTHING}):
 * otherwise a change could be marked done that nobody saw.
 */
@ApplicationScoped
class DueRepository {
    private static final String MARK =
            """
            INSERT INTO conversion_due AS d (conversion_id)
            SELECT id FROM unnest($1::uuid[]) AS id ORDER BY id
            ON CONFLICT (conversion_id) DO UPDATE SET conversion_id = d.conversion_id
            """;
    private static final String LOCK =
            """
            SELECT conversion_id FROM conversion_due ORDER BY conversion_id LIMIT $1 FOR UPDATE SKIP LOCKED
            """;
    private static final String PEEK =
            """
            SELECT conversion_id FROM conversion_due WHERE conversion_id > $1 ORDER BY conversion_id LIMIT $2
            """;
    private static final String READ =
            """
            SELECT v.id, v.program_id, v.kind, v.external_id, v.customer_external_id, v.amount_minor, v.currency,
                   v.refunded_minor, v.status, v.lines, v.occurred_at, v.decision
              FROM conversion v WHERE v.id = ANY ($1::uuid[]) ORDER BY v.id
            """;
    private static final String DONE = "DELETE FROM conversion_due WHERE conversion_id = ANY ($1::uuid[])";

    private final Credits credits;

    DueRepository(Credits credits) {
        this.credits = credits;
    }

    /** Makes them due, once however often; waits for whoever is computing them now. */
    Uni<Void> mark(SqlConnection tx, List<UUID> ids) {
        if (ids.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(MARK).execute(Tuple.of(array(ids))).replaceWithVoid();
    }

    Uni<List<DueConversion>> take(SqlConnection tx, int limit) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(limit)).chain(locked -> read(tx, ids(locked)));
    }

    Uni<List<DueConversion>> peek(SqlConnection c, UUID after, int limit) {
        return c.preparedQuery(PEEK).execute(Tuple.of(after, limit)).chain(found -> read(c, ids(found)));
    }

    private Uni<List<DueConversion>> read(SqlConnection tx, List<UUID> ids) {
        if (ids.isEmpty()) return Uni.createFrom().item(List.of());
        return credits.of(tx, ids).chain(credited -> tx.preparedQuery(READ)
                .execute(Tuple.of(array(ids)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> read(row, credited.getOrDefault(row.getUUID("id"), List.of())))
                        .toList()));
    }

    Uni<Void> done(SqlConnection tx, List<UUID> ids) {
        if (ids.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(DONE).execute(Tuple.of(array(ids))).replaceWithVoid();
    }

    private static DueConversion read(Row row, List<Credit> credits) {
        return new DueConversion(
                row.getUUID("id"),
                row.getUUID("program_id"),
                Kind.of(row.getString("kind")),
                row.getString("external_id"),
                row.getString("customer_external_id"),
                new Money(row.getLong("amount_minor"), row.getString("currency")),
                row.getLong("refunded_minor"),
                Status.of(row.getString("status")),
                Lines.read(row.getJsonArray("lines")),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getInteger("decision"),
                credits);
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getUUID(0))
                .toList();
    }

    private static UUID[] array(List<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
