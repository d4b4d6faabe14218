package dev.tributary.analytics.dashboard;

import dev.tributary.analytics.figure.Remembered;
import dev.tributary.analytics.figure.Subject;
import dev.tributary.commission.Brought;
import dev.tributary.conversion.Referral;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What an affiliate's dashboard shows beside figures, of one enrollment. */
@ApplicationScoped
class OwnQueries {
    private static final int REFERRALS = 5;
    /** Counting these takes some ten milliseconds, and grows with all that was ever sold; one more is hardly seen. */
    private static final int MANY = 5_000;

    private static final Duration MANY_REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 1_000;

    private static final String EARNINGS =
            """
            SELECT coalesce(b.pending, 0) AS pending, coalesce(b.available, 0) AS available,
                   coalesce(b.in_transit, 0) AS in_transit,
                   (SELECT coalesce(sum(m.amount_minor), 0)::bigint FROM commission m
                     WHERE m.program_id = e.program_id AND m.affiliate_id = e.affiliate_id AND m.currency = $2
                       AND m.status = 'held') AS held,
                   (SELECT coalesce(sum(o.gross_minor - o.fee_minor - o.withheld_minor - o.returned_minor), 0)::bigint
                      FROM payout o
                     WHERE o.enrollment_id = e.id AND o.currency = $2 AND o.state = 'paid') AS paid
              FROM enrollment e LEFT JOIN ledger_balance b ON b.enrollment_id = e.id AND b.currency = $2
             WHERE e.id = $1
            """;
    private static final String RECENT =
            Referral.COLUMNS + " WHERE r.affiliate_id = $1 AND r.program_id = $2 ORDER BY r.id DESC LIMIT " + REFERRALS;
    private static final String BROUGHT = Brought.sql("$1", "$2");

    /** What tiers are reached by. */
    record Progress(long conversions, long revenue) {}

    private record Asked(UUID enrollmentId, String currency) {}

    private final Remembered<Asked, Progress> remembered;

    OwnQueries(Clock clock) {
        remembered = new Remembered<>(MOST_REMEMBERED, MANY_REMEMBERED, clock);
    }

    Uni<AffiliateDashboard.Earnings> earnings(SqlConnection c, UUID enrollmentId, String currency) {
        return c.preparedQuery(EARNINGS)
                .execute(Tuple.of(enrollmentId, currency))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new AffiliateDashboard.Earnings(
                            new Money(row.getLong("pending"), currency),
                            new Money(row.getLong("held"), currency),
                            new Money(row.getLong("available"), currency),
                            new Money(row.getLong("in_transit"), currency),
                            new Money(row.getLong("paid"), currency));
                });
    }

    Uni<List<AffiliateDashboard.ReferralLine>> recent(SqlConnection c, Subject subject, UUID affiliateId) {
        return c.preparedQuery(RECENT)
                .execute(Tuple.of(affiliateId, subject.programId()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Referral::read)
                        .map(found -> new AffiliateDashboard.ReferralLine(
                                TypeId.REFERRAL.format(found.id()), found.status(), found.src(), found.signedUpAt()))
                        .toList());
    }

    /** Up to ten minutes old where it is of many conversions. */
    Uni<Progress> brought(SqlConnection c, UUID enrollmentId, String currency) {
        return remembered
                .get(
                        new Asked(enrollmentId, currency),
                        () -> counted(c, enrollmentId, currency),
                        found -> found.conversions >= MANY)
                .map(Remembered.Dated::value);
    }

    private static Uni<Progress> counted(SqlConnection c, UUID enrollmentId, String currency) {
        return c.preparedQuery(BROUGHT)
                .execute(Tuple.of(enrollmentId, currency))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Progress(row.getLong("conversions"), row.getLong("revenue"));
                });
    }
}
