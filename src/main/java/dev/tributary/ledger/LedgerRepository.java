package dev.tributary.ledger;

import dev.tributary.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The statements of the books. */
@Singleton
class LedgerRepository {
    private static final String COLUMNS =
            """
            (id, line, kind, source_kind, source_id, number, program_id, enrollment_id, rail_id, debit, credit, amount_minor,
             currency, occurred_at, memo)
            """;

    private static final String GIVEN =
            """
            SELECT unnest($1::uuid[]) AS id, unnest($2::smallint[]) AS line, unnest($3::text[]) AS kind,
                   unnest($4::text[]) AS source_kind, unnest($5::uuid[]) AS source_id, unnest($6::integer[]) AS number,
                   unnest($7::uuid[]) AS program_id, unnest($8::uuid[]) AS enrollment_id, unnest($9::uuid[]) AS rail_id,
                   unnest($10::text[]) AS debit, unnest($11::text[]) AS credit, unnest($12::bigint[]) AS amount_minor,
                   unnest($13::text[]) AS currency, unnest($14::timestamptz[]) AS occurred_at, unnest($15::text[]) AS memo
            """;

    private static final String FRESH =
            """
            ON CONFLICT (source_id, kind, number, line, source_kind) DO NOTHING
            RETURNING id, enrollment_id, currency, debit, credit, amount_minor
            """;

    /** In the order of their keys, so that two of these never wait for each other in a circle. */
    private static final String MOVED =
            """
            moved AS (
              INSERT INTO ledger_balance AS b (enrollment_id, currency, pending, available, in_transit)
              SELECT enrollment_id, currency,
                     sum(CASE 'pending' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END),
                     sum(CASE 'available' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END),
                     sum(CASE 'in_transit' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)
                FROM %s
               WHERE enrollment_id IS NOT NULL
               GROUP BY enrollment_id, currency
               ORDER BY enrollment_id, currency
              ON CONFLICT (enrollment_id, currency) DO UPDATE
                 SET pending = b.pending + excluded.pending, available = b.available + excluded.available,
                     in_transit = b.in_transit + excluded.in_transit)
            SELECT count(*) FROM booked
            """;

    /** Books entries of one row each, which most are, and moves the balances, in one statement. */
    private static final String POST =
            "WITH booked AS (INSERT INTO ledger_entry " + COLUMNS + GIVEN + FRESH + "), " + MOVED.formatted("booked");

    /**
     * The same for entries of several rows, at a quarter more for a single one (measured): what an entry's first row finds
     * booked is left out with its other rows.
     */
    private static final String POST_PARTS =
            "WITH given AS (" + GIVEN + "), booked AS (INSERT INTO ledger_entry " + COLUMNS
                    + "SELECT * FROM given WHERE line = 0 " + FRESH + "), rest AS (INSERT INTO ledger_entry " + COLUMNS
                    + "SELECT g.* FROM given g JOIN booked b ON b.id = g.id WHERE g.line > 0"
                    + " RETURNING id, enrollment_id, currency, debit, credit, amount_minor), "
                    + MOVED.formatted("(SELECT * FROM booked UNION ALL SELECT * FROM rest) AS r");

    /** Entries that are booked with something else than is given. */
    private static final String DIFFERENT =
            """
            SELECT g.source_kind, g.source_id, g.kind, g.number
              FROM unnest($1::text[], $2::uuid[], $3::text[], $4::integer[], $5::smallint[], $6::uuid[], $7::text[],
                          $8::text[], $9::bigint[], $10::text[])
                   AS g (source_kind, source_id, kind, number, line, enrollment_id, debit, credit, amount_minor, currency)
              LEFT JOIN ledger_entry e USING (source_kind, source_id, kind, number, line)
             WHERE (e.enrollment_id, e.debit, e.credit, e.amount_minor, e.currency)
                   IS DISTINCT FROM (g.enrollment_id, g.debit, g.credit, g.amount_minor, g.currency)
             LIMIT 1
            """;

    private static final String BALANCES =
            """
            SELECT currency, pending, available, in_transit FROM ledger_balance WHERE enrollment_id = $1
            """;

    private static final String LOCK_AVAILABLE =
            """
            SELECT enrollment_id, available FROM ledger_balance
             WHERE enrollment_id = ANY ($1::uuid[]) AND currency = $2
             ORDER BY enrollment_id FOR NO KEY UPDATE
            """;

    /** Raised by the trigger on balances. */
    private static final String OVERDRAWN = "TR001";

    private static final Comparator<Entry> IN_ORDER = Comparator.comparing(Entry::sourceId)
            .thenComparing(Entry::kind)
            .thenComparing(Entry::number)
            .thenComparing(Entry::sourceKind);

    private final Ids ids;

    LedgerRepository(Ids ids) {
        this.ids = ids;
    }

    Uni<Integer> post(SqlConnection tx, List<Entry> entries) {
        List<Entry> sorted = entries.stream().sorted(IN_ORDER).toList();
        List<Move> moves = new ArrayList<>(sorted.size());
        List<UUID> given = new ArrayList<>(sorted.size());
        for (Entry entry : sorted) {
            UUID id = ids.next();
            for (Move move : Move.of(entry)) {
                moves.add(move);
                given.add(id);
            }
        }
        Rows rows = new Rows(given, moves);
        return tx.preparedQuery(rows.haveParts() ? POST_PARTS : POST)
                .execute(rows.booked())
                .map(found -> found.iterator().next().getInteger(0))
                .onFailure(LedgerRepository::overdrawn)
                .transform(failure -> new Overdrawn(((PgException) failure).getErrorMessage()))
                .call(booked -> booked == entries.size() ? Uni.createFrom().voidItem() : refuseDifferent(tx, rows));
    }

    private static boolean overdrawn(Throwable failure) {
        return failure instanceof PgException refusal && OVERDRAWN.equals(refusal.getSqlState());
    }

    private static Uni<Void> refuseDifferent(SqlConnection tx, Rows rows) {
        return tx.preparedQuery(DIFFERENT)
                .execute(rows.compared())
                .invoke(found -> {
                    for (Row row : found)
                        throw new IllegalStateException("%s %s number %d of %s is booked with something else"
                                .formatted(row.getString(0), row.getString(2), row.getInteger(3), row.getUUID(1)));
                })
                .replaceWithVoid();
    }

    Uni<Balances> balances(SqlConnection c, UUID enrollmentId) {
        return c.preparedQuery(BALANCES)
                .execute(Tuple.of(enrollmentId))
                .map(rows -> new Balances(StreamSupport.stream(rows.spliterator(), false)
                        .map(LedgerRepository::line)
                        .toList()));
    }

    Uni<Map<UUID, Long>> lockAvailable(SqlConnection tx, Collection<UUID> enrollments, String currency) {
        return tx.preparedQuery(LOCK_AVAILABLE)
                .execute(Tuple.of(enrollments.toArray(UUID[]::new), currency))
                .map(rows -> {
                    Map<UUID, Long> available = new HashMap<>();
                    for (Row row : rows) available.put(row.getUUID(0), row.getLong(1));
                    return available;
                });
    }

    private static Balances.Line line(Row row) {
        return new Balances.Line(row.getString(0), row.getLong(1), row.getLong(2), row.getLong(3));
    }
}
