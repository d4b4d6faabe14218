package dev.tributary.commission;

import dev.tributary.commission.rule.Terms;
import dev.tributary.conversion.DueConversion;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What commissions depend on beside their program: the enrollment's tier, agreements and recruiters, the customer's past. */
@ApplicationScoped
class MemberRepository {
    private static final String TIERS = "SELECT id, tier_id FROM enrollment WHERE id = ANY ($1::uuid[])";
    /** The recruiters of each, level by level, and the enrollment with which they take part, where they do. */
    private static final String RECRUITERS =
            """
            WITH RECURSIVE up AS (
              SELECT e.id AS enrollment_id, e.program_id, a.recruiter_id AS affiliate_id, 1 AS level
                FROM enrollment e JOIN affiliate a ON a.id = e.affiliate_id
               WHERE e.id = ANY ($1::uuid[]) AND a.recruiter_id IS NOT NULL
              UNION ALL
              SELECT up.enrollment_id, up.program_id, a.recruiter_id, up.level + 1
                FROM up JOIN affiliate a ON a.id = up.affiliate_id
               WHERE up.level < $2 AND a.recruiter_id IS NOT NULL)
            SELECT up.enrollment_id, up.level, up.affiliate_id, r.id AS recruiter_enrollment_id
              FROM up
              LEFT JOIN (enrollment r JOIN affiliate b ON b.id = r.affiliate_id AND b.status = 'active')
                ON r.program_id = up.program_id AND r.affiliate_id = up.affiliate_id AND r.status = 'active'
             ORDER BY up.enrollment_id, up.level
            """;
    /** Each version counts from when it was valid and accepted until the next that was. */
    private static final String AGREEMENTS =
            """
            SELECT enrollment_id, id, number, revenue_split_bps, since,
                   lead(since) OVER (PARTITION BY enrollment_id ORDER BY since, number) AS until
              FROM (SELECT y.enrollment_id, a.id, a.number, a.revenue_split_bps,
                           greatest(a.valid_from, y.accepted_at) AS since
                      FROM agreement_acceptance y JOIN agreement a ON a.id = y.agreement_id
                     WHERE y.enrollment_id = ANY ($1::uuid[])) accepted
            """;

    private static final String FIRST_SALES =
            """
            SELECT r.program_id, r.customer_external_id, r.converted_at
              FROM unnest($1::uuid[], $2::text[]) AS asked (program_id, customer_external_id)
              JOIN referral r USING (program_id, customer_external_id)
             WHERE r.converted_at IS NOT NULL
            """;

    /**
     * Of one enrollment.
     *
     * @param splits the shares that its agreements name, each with its time
     */
    record Standing(@Nullable UUID tierId, List<RuleVersion> splits, List<Optional<Party.Member>> recruiters) {}

    /** A customer of a program's. */
    record Customer(UUID programId, String externalId) {}

    Uni<Map<UUID, Standing>> standings(SqlConnection c, Collection<UUID> enrollments, int levels) {
        UUID[] ids = enrollments.stream().distinct().sorted().toArray(UUID[]::new);
        Map<UUID, Standing> standings = new HashMap<>();
        return c.preparedQuery(TIERS)
                .execute(Tuple.of(ids))
                .invoke(rows -> rows.forEach(row -> standings.put(
                        row.getUUID("id"), new Standing(row.getUUID("tier_id"), new ArrayList<>(), new ArrayList<>()))))
                .chain(() -> c.preparedQuery(AGREEMENTS).execute(Tuple.of(ids)))
                .invoke(rows -> rows.forEach(row -> agreement(standings, row)))
                .chain(() -> levels == 0
                        ? Uni.createFrom().nullItem()
                        : c.preparedQuery(RECRUITERS).execute(Tuple.of(ids, levels)))
                .invoke(rows -> {
                    if (rows != null) rows.forEach(row -> recruiter(standings, row));
                })
                .replaceWith(standings);
    }

    private static void agreement(Map<UUID, Standing> standings, Row row) {
        if (row.getInteger("revenue_split_bps") == null) return;
        UUID enrollment = row.getUUID("enrollment_id");
        OffsetDateTime until = row.getOffsetDateTime("until");
        Instant since = row.getOffsetDateTime("since").toInstant();
        if (until != null && !until.toInstant().isAfter(since)) return;
        Objects.requireNonNull(standings.get(enrollment))
                .splits()
                .add(new RuleVersion(
                        row.getUUID("id"),
                        row.getInteger("number"),
                        "percentage",
                        RuleVersion.AGREEMENT_SPLIT,
                        Scope.AGREEMENT,
                        enrollment,
                        since,
                        until == null ? null : until.toInstant(),
                        null,
                        Terms.share(row.getInteger("revenue_split_bps"))));
    }

    private static void recruiter(Map<UUID, Standing> standings, Row row) {
        UUID enrollment = row.getUUID("recruiter_enrollment_id");
        Objects.requireNonNull(standings.get(row.getUUID("enrollment_id")))
                .recruiters()
                .add(Optional.ofNullable(enrollment).map(id -> new Party.Member(id, row.getUUID("affiliate_id"))));
    }

    /** When these customers first bought, where they did. */
    Uni<Map<Customer, Instant>> firstSales(SqlConnection c, List<DueConversion> sales) {
        List<DueConversion> named =
                sales.stream().filter(sale -> sale.customer() != null).toList();
        if (named.isEmpty()) return Uni.createFrom().item(Map.of());
        UUID[] programs = named.stream().map(DueConversion::programId).toArray(UUID[]::new);
        String[] customers = named.stream().map(DueConversion::customer).toArray(String[]::new);
        return c.preparedQuery(FIRST_SALES)
                .execute(Tuple.of(programs, customers))
                .map(rows -> {
                    Map<Customer, Instant> first = new HashMap<>();
                    rows.forEach(row -> first.put(
                            new Customer(row.getUUID("program_id"), row.getString("customer_external_id")),
                            row.getOffsetDateTime("converted_at")
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toInstant()));
                    return first;
                });
    }
}
