package dev.tributary.analytics;

import dev.tributary.commission.Brought;
import dev.tributary.problem.Problem;
import dev.tributary.program.Offers;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What affiliates see of themselves: who they are, where they are enrolled, and how far they have come, in one query. */
@ApplicationScoped
class ProfileQueries {
    /** As many programs as a profile shows; who is in more asks with one. */
    static final int MOST = 100;

    /** The last accepted version with its moment in microseconds; what was brought, only where one program is shown. */
    private static final String OF =
            """
            SELECT here.*,
                   (SELECT ARRAY[g.number, (extract(epoch FROM c.accepted_at) * 1000000)::bigint]
                      FROM agreement_acceptance c JOIN agreement g ON g.id = c.agreement_id
                     WHERE c.enrollment_id = here.enrollment_id
                     ORDER BY g.number DESC LIMIT 1) AS accepted,
                   CASE WHEN programs = 1 THEN
                       (SELECT ARRAY[b.conversions, b.revenue] FROM (%s) b)
                   END AS reached
              FROM (SELECT a.id AS affiliate_id, a.name, a.email, a.country, a.status, a.status_reason, a.display_name,
                           a.partner_type, a.leaderboard_opt_in, a.channels, a.promotion, a.tax_status, a.created_at,
                           e.id AS enrollment_id, e.program_id, e.status AS enrollment_status, e.referral_code, e.tier_id,
                           e.approved_at, p.name AS program_name, p.currency, count(*) OVER () AS programs
                      FROM affiliate a
                      LEFT JOIN enrollment e ON e.affiliate_id = a.id%s
                      LEFT JOIN program p ON p.id = e.program_id
                     WHERE a.id = $1
                     LIMIT $2) here
             ORDER BY enrollment_id
            """;

    private static final String BROUGHT = Brought.sql("here.enrollment_id", "here.currency");
    private static final String IN_ALL = OF.formatted(BROUGHT, "");
    private static final String IN_ONE = OF.formatted(BROUGHT, " AND e.program_id = $3");

    private final Offers offers;
    private final Clock clock;

    ProfileQueries(Offers offers, Clock clock) {
        this.offers = offers;
        this.clock = clock;
    }

    /** With the program that was asked for, or the only one. 404 where they are not in the program that was asked for. */
    Uni<ProfileView> of(SqlConnection c, UUID affiliateId, @Nullable UUID programId) {
        Uni<RowSet<Row>> asked = programId == null
                ? c.preparedQuery(IN_ALL).execute(Tuple.of(affiliateId, MOST))
                : c.preparedQuery(IN_ONE).execute(Tuple.of(affiliateId, MOST, programId));
        return asked.chain(found -> {
            List<Row> rows = StreamSupport.stream(found.spliterator(), false).toList();
            if (rows.isEmpty()) throw Problem.notFound("Affiliate");
            Row first = rows.get(0);
            boolean enrolled = first.getUUID("enrollment_id") != null;
            if (programId != null && !enrolled) throw Problem.notFound("Program");
            if (rows.size() > 1 || !enrolled) return Uni.createFrom().item(ProfileView.of(rows, null));
            return offers.of(c, first.getUUID("program_id"))
                    .map(offer -> ProfileView.of(rows, MembershipView.of(first, offer, clock.instant())));
        });
    }
}
