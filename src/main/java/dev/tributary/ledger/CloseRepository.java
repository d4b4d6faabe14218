package dev.tributary.ledger;

import dev.tributary.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The tables {@code ledger_close} and {@code ledger_snapshot}, and what accounts hold by them. */
@ApplicationScoped
class CloseRepository {
    static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String LAST = "SELECT until FROM ledger_close ORDER BY until DESC LIMIT 1";
    /** The first entry beyond so many. */
    private static final String NTH =
            """
            SELECT id FROM ledger_entry WHERE id >= $1 AND id < $2 ORDER BY id, line OFFSET $3 LIMIT 1
            """;

    private static final String COUNT = "SELECT count(*) FROM ledger_entry WHERE id >= $1 AND id < $2 AND line = 0";
    private static final String CLOSE = "INSERT INTO ledger_close (until, closed_at, entries) VALUES ($1, $2, $3)";
    private static final String SNAPSHOT =
            """
            INSERT INTO ledger_snapshot (owner_id, account, currency, until, balance_minor)
            SELECT m.owner_id, m.account, m.currency, $2, m.change + coalesce(s.balance_minor, 0)
              FROM (SELECT owner_id, account, currency,
                           sum(CASE side WHEN 'credit' THEN amount_minor ELSE -amount_minor END)::bigint AS change
                      FROM ledger_posting
                     WHERE entry_id >= $1 AND entry_id < $2 AND account IN ('expense', 'fees', 'withheld', 'clearing')
                     GROUP BY owner_id, account, currency) m
              LEFT JOIN LATERAL (
                SELECT balance_minor FROM ledger_snapshot s
                 WHERE s.owner_id = m.owner_id AND s.account = m.account AND s.currency = m.currency
                 ORDER BY s.until DESC LIMIT 1) s ON true
            """;

    /** The last snapshot of each account before a moment, and what was posted between that close and the moment. */
    private static final String HELD =
            """
            SELECT account, currency, sum(amount)::bigint AS balance
              FROM ((SELECT DISTINCT ON (account, currency) account, currency, balance_minor AS amount
                       FROM ledger_snapshot WHERE owner_id = $1 AND until <= $2
                      ORDER BY account, currency, until DESC)
                    UNION ALL
                    SELECT account, currency, CASE side WHEN 'credit' THEN amount_minor ELSE -amount_minor END
                      FROM ledger_posting
                     WHERE entry_id >= coalesce((SELECT until FROM ledger_close WHERE until <= $2 ORDER BY until DESC LIMIT 1),
                                                '00000000-0000-0000-0000-000000000000')
                       AND entry_id < $2 AND owner_id = $1 AND account IN ('expense', 'fees', 'withheld', 'clearing')) AS parts
             GROUP BY account, currency
             ORDER BY account, currency
            """;

    /** Up to which the books are closed. */
    Uni<UUID> last(SqlConnection c) {
        return c.query(LAST).execute().map(rows -> first(rows, BEFORE_ALL));
    }

    /** The id of the first entry that does not belong to so many from a bound on; the other bound where they are no more. */
    Uni<UUID> nth(SqlConnection c, UUID from, UUID to, int rows) {
        return c.preparedQuery(NTH).execute(Tuple.of(from, to, rows)).map(found -> first(found, to));
    }

    private static UUID first(RowSet<Row> rows, UUID otherwise) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getUUID(0))
                .findFirst()
                .orElse(otherwise);
    }

    Uni<Long> count(SqlConnection c, UUID from, UUID until) {
        return c.preparedQuery(COUNT)
                .execute(Tuple.of(from, until))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Counts the entries between and keeps what they make; answers how many they are. */
    Uni<Long> close(SqlConnection tx, UUID from, UUID until, Instant now) {
        return count(tx, from, until)
                .call(entries ->
                        tx.preparedQuery(CLOSE).execute(Tuple.of(until, now.atOffset(ZoneOffset.UTC), entries)))
                .call(() -> tx.preparedQuery(SNAPSHOT).execute(Tuple.of(from, until)));
    }

    Uni<List<Holding>> held(SqlConnection c, UUID owner, Instant asOf) {
        return c.preparedQuery(HELD).execute(Tuple.of(owner, Ids.floor(asOf))).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new Holding(account(row, owner), row.getLong("balance")))
                .toList());
    }

    private static Account account(Row row, UUID owner) {
        return new Account(Account.Kind.of(row.getString("account")), owner, row.getString("currency"));
    }
}
