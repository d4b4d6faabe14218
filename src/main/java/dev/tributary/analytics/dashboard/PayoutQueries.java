package dev.tributary.analytics.dashboard;

import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.Subject;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Payouts summed up for the dashboard, in the program's currency: out of indexes alone. */
@ApplicationScoped
class PayoutQueries {
    private static final int FAILURES = 10;

    private static final String PENDING =
            """
            SELECT count(*) AS count, coalesce(sum(gross_minor - fee_minor - withheld_minor), 0)::bigint AS net
              FROM payout
             WHERE program_id = $1 AND currency = $2 AND state IN ('requested', 'approved', 'submitted', 'unknown')
            """;
    private static final String OF_PERIOD =
            """
            SELECT %s AS key, count(*) AS count, sum(gross_minor - fee_minor - withheld_minor)::bigint AS net
              FROM payout
             WHERE program_id = $1 AND currency = $2 AND id >= $3 AND id < $4 %s
             GROUP BY 1 ORDER BY 1
            """;
    private static final String BY_STATUS = OF_PERIOD.formatted("state", "");
    private static final String NOT_CANCELED = "AND state <> 'canceled'";
    private static final String BY_RAIL = OF_PERIOD.formatted("rail", NOT_CANCELED);
    /** Powers of ten of the minor unit, because currencies differ a thousandfold. */
    private static final String BY_SIZE =
            OF_PERIOD.formatted("length((gross_minor - fee_minor - withheld_minor)::text)::text", NOT_CANCELED);

    private static final String FAILED =
            """
            SELECT o.id, o.affiliate_id, a.name, o.state, o.reason, o.gross_minor - o.fee_minor - o.withheld_minor AS net,
                   o.currency, o.ended_at, count(*) OVER () AS failed
              FROM payout o JOIN affiliate a ON a.id = o.affiliate_id
             WHERE o.program_id = $1 AND o.state IN ('failed', 'returned') AND o.ended_at >= $2 AND o.ended_at < $3
             ORDER BY o.ended_at DESC, o.id LIMIT %d
            """
                    .formatted(FAILURES);

    Uni<AdminDashboard.PayoutSums> of(SqlConnection c, Subject subject, Days days, long processed) {
        String currency = subject.currency();
        Instant from = days.from().atStartOfDay(subject.zone()).toInstant();
        Instant to = days.to().atStartOfDay(subject.zone()).toInstant();
        Tuple span = Tuple.of(subject.programId(), currency, Ids.floor(from), Ids.floor(to));
        Tuple moments = Tuple.of(subject.programId(), from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC));
        return list(c, PENDING, Tuple.of(subject.programId(), currency), row -> sum(row, currency))
                .chain(pending -> list(c, BY_STATUS, span, row -> status(row, currency))
                        .chain(status -> list(c, BY_RAIL, span, row -> rail(row, currency))
                                .chain(rails -> list(c, BY_SIZE, span, row -> size(row, currency))
                                        .chain(sizes -> list(c, FAILED, moments, Failure::read)
                                                .map(failed -> new AdminDashboard.PayoutSums(
                                                        new Money(processed, currency),
                                                        pending.get(0),
                                                        status,
                                                        rails,
                                                        sizes,
                                                        failed.isEmpty() ? 0 : failed.get(0).all,
                                                        failed.stream()
                                                                .map(Failure::payout)
                                                                .toList()))))));
    }

    /** One of so many. */
    private record Failure(AdminDashboard.FailedPayout payout, long all) {
        static Failure read(Row row) {
            return new Failure(
                    new AdminDashboard.FailedPayout(
                            TypeId.PAYOUT.format(row.getUUID("id")),
                            TypeId.AFFILIATE.format(row.getUUID("affiliate_id")),
                            row.getString("name"),
                            row.getString("state"),
                            row.getString("reason"),
                            new Money(row.getLong("net"), row.getString("currency")),
                            row.getOffsetDateTime("ended_at").toInstant()),
                    row.getLong("failed"));
        }
    }

    private static AdminDashboard.CountAndSum sum(Row row, String currency) {
        return new AdminDashboard.CountAndSum(row.getLong("count"), new Money(row.getLong("net"), currency));
    }

    private static AdminDashboard.StatusLine status(Row row, String currency) {
        return new AdminDashboard.StatusLine(
                row.getString("key"), row.getLong("count"), new Money(row.getLong("net"), currency));
    }

    private static AdminDashboard.RailLine rail(Row row, String currency) {
        return new AdminDashboard.RailLine(
                row.getString("key"), row.getLong("count"), new Money(row.getLong("net"), currency));
    }

    /** Amounts of n digits are those from 10^(n-1) to less than 10^n; a long has 19. */
    private static AdminDashboard.SizeLine size(Row row, String currency) {
        int digits = Integer.parseInt(row.getString("key"));
        @Nullable Money below = digits > 18 ? null : new Money(power(digits), currency);
        return new AdminDashboard.SizeLine(
                new Money(digits == 1 ? 0 : power(digits - 1), currency),
                below,
                row.getLong("count"),
                new Money(row.getLong("net"), currency));
    }

    private static long power(int digits) {
        long value = 1;
        for (int i = 0; i < digits; i++) value *= 10;
        return value;
    }

    private static <T> Uni<List<T>> list(SqlConnection c, String sql, Tuple asked, Function<Row, T> read) {
        return c.preparedQuery(sql).execute(asked).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(read)
                .toList());
    }
}
