package dev.tributary.program;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The programs that an affiliate is in, in one query. */
@ApplicationScoped
class MembershipQueries {
    /** As many as a profile shows; who is in more asks with a program. */
    static final int MOST = 100;

    private static final String OF =
            """
            SELECT e.id, e.program_id, e.affiliate_id, e.status, e.referral_code, e.promo_code, e.tier_id, e.approved_at,
                   e.created_at, e.updated_at, p.name AS program_name, p.currency, now.agreement_id, now.number, now.title,
                   now.valid_from, now.grace_until, yes.accepted_at
              FROM enrollment e
              JOIN program p ON p.id = e.program_id
              LEFT JOIN LATERAL (SELECT id AS agreement_id, number, title, valid_from, grace_until
                                   FROM agreement
                                  WHERE program_id = e.program_id AND valid_from <= $3
                                    AND (valid_until IS NULL OR valid_until > $3)
                                  ORDER BY number DESC LIMIT 1) AS now ON true
              LEFT JOIN LATERAL (SELECT accepted_at
                                   FROM agreement_acceptance c JOIN agreement a ON a.id = c.agreement_id
                                  WHERE c.enrollment_id = e.id AND a.number >= now.number
                                  ORDER BY a.number LIMIT 1) AS yes ON true
             WHERE e.affiliate_id = $1 AND ($2::uuid IS NULL OR e.program_id = $2)
             ORDER BY e.id LIMIT $4
            """;

    private final Clock clock;

    MembershipQueries(Clock clock) {
        this.clock = clock;
    }

    /** From the oldest on, at most {@value #MOST}; of one program where one is named. */
    Uni<List<Membership>> of(SqlConnection c, UUID affiliateId, @Nullable UUID programId) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return c.preparedQuery(OF)
                .execute(Tuple.of(affiliateId, programId, now, MOST))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(MembershipQueries::read)
                        .toList());
    }

    private static Membership read(Row row) {
        return new Membership(
                EnrollmentRepository.read(row),
                row.getString("program_name"),
                row.getString("currency"),
                row.getUUID("agreement_id") == null ? null : agreement(row));
    }

    private static AgreementState agreement(Row row) {
        return new AgreementState(
                row.getUUID("agreement_id"),
                row.getInteger("number"),
                row.getString("title"),
                row.getOffsetDateTime("valid_from").toInstant(),
                instant(row, "grace_until"),
                instant(row, "accepted_at"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime moment = row.getOffsetDateTime(column);
        return moment == null ? null : moment.toInstant();
    }
}
