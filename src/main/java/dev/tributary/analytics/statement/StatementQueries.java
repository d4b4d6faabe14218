package dev.tributary.analytics.statement;

import dev.tributary.id.Ids;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Statements, from the ledger's entries: by the time in their ids, which is when they were booked. */
@ApplicationScoped
class StatementQueries {
    /** Entries in JSON and PDF: some 300 kB, 30 pages. */
    static final int MOST_ENTRIES = 1_000;

    /**
     * What there is now, and what moved in the times that begin at the bounds. Only entries since the first bound are read:
     * what was before is the rest.
     */
    private static final String MOVEMENTS =
            """
            SELECT currency, NULL::integer AS time, NULL AS kind, 0::bigint AS entries, pending, available, in_transit
              FROM ledger_balance WHERE enrollment_id = $1
            UNION ALL
            SELECT currency, width_bucket(id, $2::uuid[]), kind, count(*) FILTER (WHERE line = 0),
                   sum(CASE 'pending' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)::bigint,
                   sum(CASE 'available' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)::bigint,
                   sum(CASE 'in_transit' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)::bigint
              FROM ledger_entry WHERE enrollment_id = $1 AND id >= ($2::uuid[])[1]
             GROUP BY 1, 2, 3
            """;

    private static final String ENTRIES =
            """
            SELECT id, min(occurred_at) AS occurred_at, kind, source_kind, source_id, min(memo) AS memo, currency,
                   sum(CASE 'pending' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)::bigint
                       AS pending,
                   sum(CASE 'available' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)::bigint
                       AS available,
                   sum(CASE 'in_transit' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)::bigint
                       AS in_transit
              FROM ledger_entry WHERE enrollment_id = $1 AND id > $2 AND id < $3
             GROUP BY id, kind, source_kind, source_id, currency
             ORDER BY id LIMIT $4
            """;

    /** Ten years, as long as books are kept by most: then one query is enough. */
    private static final int MONTHS_AT_ONCE = 120;

    private static final String FIRST = "SELECT id FROM ledger_entry WHERE enrollment_id = $1 ORDER BY id LIMIT 1";
    private static final String ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private final Transactions transactions;
    private final Clock clock;

    StatementQueries(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Months that had something, newest first, from below a line's place on. */
    Uni<List<StatementLine.Placed>> list(UUID affiliate, @Nullable UUID program, UUID before, int limit) {
        return inOneMoment(affiliate, program, (tx, account) -> tx.preparedQuery(FIRST)
                .execute(Tuple.of(account.enrollmentId()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> Ids.timeOf(row.getUUID("id")))
                        .findFirst())
                .chain(first -> first.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : new Walk(tx, account, month(account, first.get()), before, limit)
                                .back(month(account, earlier(Ids.timeOf(before), clock.instant())))));
    }

    /** As PostgreSQL compares them, byte by byte; Java takes the first bit for a sign. */
    private static boolean isBelow(UUID one, UUID other) {
        int first = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return first < 0
                || first == 0
                        && Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits()) < 0;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static YearMonth month(Account account, Instant moment) {
        return YearMonth.from(moment.atZone(account.zone()));
    }

    /** The way back from a month to the first that has entries, some months a query, until there are lines enough. */
    private final class Walk {
        private final SqlConnection tx;
        private final Account account;
        private final YearMonth first;
        private final UUID before;
        private final int limit;
        private final List<StatementLine.Placed> found = new ArrayList<>();

        Walk(SqlConnection tx, Account account, YearMonth first, UUID before, int limit) {
            this.tx = tx;
            this.account = account;
            this.first = first;
            this.before = before;
            this.limit = limit;
        }

        Uni<List<StatementLine.Placed>> back(YearMonth last) {
            if (last.isBefore(first) || found.size() >= limit)
                return Uni.createFrom().item(found.subList(0, Math.min(limit, found.size())));
            YearMonth from = last.minusMonths(MONTHS_AT_ONCE - 1L);
            YearMonth begin = from.isBefore(first) ? first : from;
            return lines(begin, last).invoke(found::addAll).chain(() -> back(begin.minusMonths(1)));
        }

        private Uni<List<StatementLine.Placed>> lines(YearMonth begin, YearMonth last) {
            Instant now = clock.instant();
            List<Statement.Month> months = Stream.iterate(begin, m -> !m.isAfter(last), m -> m.plusMonths(1))
                    .map(m -> Statement.Month.in(account.zone(), m, now))
                    .toList();
            // What comes after the last of them is a time of its own: the way back does not begin with the present.
            List<Instant> bounds =
                    new ArrayList<>(months.stream().map(Statement.Month::from).toList());
            bounds.add(months.get(months.size() - 1).to());
            return movements(tx, account, bounds.stream().map(Ids::floor).toArray(UUID[]::new))
                    .map(moved -> StatementLine.of(account, months, moved).stream()
                            .filter(each -> isBelow(each.id(), before))
                            .toList());
        }
    }

    /** One month with at most so many of its entries. A 404 where it has not begun. */
    Uni<Opened> month(UUID affiliate, @Nullable UUID program, YearMonth asked, int most) {
        return inOneMoment(affiliate, program, (tx, account) -> {
            Instant now = clock.instant();
            Statement.Month month = Statement.Month.in(account.zone(), asked, now);
            if (month.from().isAfter(now)) throw Problem.notFound("Statement");
            UUID[] bounds = {Ids.floor(month.from()), Ids.floor(month.to())};
            return movements(tx, account, bounds)
                    .chain(moved -> entries(tx, account.enrollmentId(), before(month.from()), month.to(), most + 1)
                            .map(found -> Statement.of(account, month, moved, found, most)))
                    .map(statement -> new Opened(account.enrollmentId(), statement));
        });
    }

    private <T> Uni<T> inOneMoment(
            UUID affiliate, @Nullable UUID program, BiFunction<SqlConnection, Account, Uni<T>> work) {
        return transactions.run(tx -> tx.query(ONE_MOMENT)
                .execute()
                .chain(() -> tx.preparedQuery(Account.SQL).execute(Tuple.of(affiliate, program)))
                .map(Account::read)
                .chain(account -> work.apply(tx, account)));
    }

    private static Uni<List<Movements>> movements(SqlConnection tx, Account account, UUID[] bounds) {
        return tx.preparedQuery(MOVEMENTS)
                .execute(Tuple.of(account.enrollmentId()).addArrayOfUUID(bounds))
                .map(Movements::read);
    }

    /** Entries booked after one and before a moment, in their order. */
    Uni<List<StatementEntry>> entries(UUID enrollment, UUID after, Instant before, int limit) {
        return transactions.read(c -> entries(c, enrollment, after, before, limit));
    }

    private static Uni<List<StatementEntry>> entries(
            SqlConnection c, UUID enrollment, UUID after, Instant before, int limit) {
        return c.preparedQuery(ENTRIES)
                .execute(Tuple.of(enrollment, after, Ids.floor(before), limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(StatementEntry::read)
                        .toList());
    }

    /** The value before all ids of a moment. */
    static UUID before(Instant moment) {
        UUID floor = Ids.floor(moment);
        return new UUID(floor.getMostSignificantBits(), floor.getLeastSignificantBits() - 1);
    }
}
