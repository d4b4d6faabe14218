package dev.tributary.promo;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of discount codes: of a program's all together, and of each, best first. */
@ApplicationScoped
class CodeStatistics {
    private static final String TOTALS =
            """
            SELECT p.currency, count(d.id) AS codes,
                   count(d.id) FILTER (WHERE d.status = 'active' AND NOT d.suspended
                                         AND (d.expires_at IS NULL OR d.expires_at > $2)) AS active,
                   coalesce(sum(d.uses), 0) AS uses,
                   (SELECT count(*) FROM redemption r WHERE r.program_id = p.id AND r.state = 'confirmed') AS confirmed,
                   (SELECT coalesce(sum(r.discount_minor), 0)::bigint FROM redemption r
                     WHERE r.program_id = p.id AND r.state = 'confirmed') AS discount,
                   (SELECT coalesce(sum(r.paid_minor), 0)::bigint FROM redemption r
                     WHERE r.program_id = p.id AND r.state = 'confirmed' AND r.place = 0) AS revenue
              FROM program p LEFT JOIN discount_code d ON d.program_id = p.id
             WHERE $1::uuid IS NULL OR p.id = $1
             GROUP BY p.id
            """;
    /** Of confirmed redemptions alone: what was only reserved performed nothing. */
    private static final String BEST =
            """
            SELECT d.id, d.code, d.status, d.expires_at, e.affiliate_id, p.currency, r.redemptions, r.customers, r.discount,
                   r.revenue, r.last_at
              FROM (SELECT code_id, count(*) AS redemptions, count(DISTINCT customer_external_id) AS customers,
                           sum(discount_minor)::bigint AS discount, sum(paid_minor)::bigint AS revenue,
                           max(confirmed_at) AS last_at
                      FROM redemption
                     WHERE state = 'confirmed' AND ($1::uuid IS NULL OR program_id = $1)
                       AND ($2::uuid IS NULL OR enrollment_id IN (SELECT id FROM enrollment WHERE affiliate_id = $2))
                       AND ($3::uuid IS NULL OR code_id = $3)
                       AND ($4::timestamptz IS NULL OR confirmed_at >= $4)
                       AND ($5::timestamptz IS NULL OR confirmed_at < $5)
                     GROUP BY code_id) AS r
              JOIN discount_code d ON d.id = r.code_id
              JOIN program p ON p.id = d.program_id
              LEFT JOIN enrollment e ON e.id = d.enrollment_id
             ORDER BY r.redemptions DESC, r.revenue DESC, d.id LIMIT $6
            """;

    /** A program's codes all together. */
    @Schema(name = "DiscountCodeTotals")
    record Totals(
            @Schema(examples = "12") long codes,
            @Schema(examples = "9", description = "Usable now") long activeCodes,
            @Schema(examples = "143", description = "Reserved or confirmed") long uses,
            @Schema(examples = "137") long confirmedRedemptions,
            @Schema(description = "Of confirmed redemptions") Money discountGiven,
            @Schema(description = "What was paid for orders with a code") Money revenue) {}

    /** What one code brought. */
    @Schema(name = "DiscountCodePerformance")
    record Performance(
            @Schema(examples = "dsc_01h455vb4pex5vsknk084sn02q") String id,
            @Schema(examples = "LAUNCH20") String code,
            CodeStatus status,
            @Schema(nullable = true) @Nullable String affiliateId,
            @Schema(examples = "37", description = "Confirmed") long redemptions,
            @Schema(examples = "35") long customers,
            @Schema(description = "What it took off") Money discountGiven,
            @Schema(description = "What was paid for the orders") Money revenue,
            @Schema(description = "The last confirmation") Instant lastRedeemedAt) {}

    /** Which redemptions count; null = all. */
    record Asked(
            @Nullable UUID programId,
            @Nullable UUID affiliateId,
            @Nullable UUID codeId,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** Of one program, or of each: amounts of two currencies are never summed. */
    Uni<List<Totals>> totals(SqlConnection c, @Nullable UUID programId, Instant now) {
        return c.preparedQuery(TOTALS)
                .execute(Tuple.of(programId, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(CodeStatistics::totals)
                        .toList());
    }

    private static Totals totals(Row row) {
        String currency = row.getString("currency");
        return new Totals(
                row.getLong("codes"),
                row.getLong("active"),
                row.getLong("uses"),
                row.getLong("confirmed"),
                new Money(row.getLong("discount"), currency),
                new Money(row.getLong("revenue"), currency));
    }

    /** The codes with most confirmed redemptions first. */
    Uni<List<Performance>> best(SqlConnection c, Asked asked, int limit, Instant now) {
        Tuple binds = Tuple.tuple(Arrays.asList(
                asked.programId,
                asked.affiliateId,
                asked.codeId,
                asked.from == null ? null : asked.from.atOffset(ZoneOffset.UTC),
                asked.to == null ? null : asked.to.atOffset(ZoneOffset.UTC),
                limit));
        return c.preparedQuery(BEST).execute(binds).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> performance(row, now))
                .toList());
    }

    private static Performance performance(Row row, Instant now) {
        String currency = row.getString("currency");
        UUID affiliate = row.getUUID("affiliate_id");
        boolean over = row.getOffsetDateTime("expires_at") != null
                && !now.isBefore(row.getOffsetDateTime("expires_at").toInstant());
        CodeStatus status = CodeStatus.of(row.getString("status"));
        return new Performance(
                TypeId.DISCOUNT_CODE.format(row.getUUID("id")),
                row.getString("code"),
                over && status == CodeStatus.ACTIVE ? CodeStatus.EXPIRED : status,
                affiliate == null ? null : TypeId.AFFILIATE.format(affiliate),
                row.getLong("redemptions"),
                row.getLong("customers"),
                new Money(row.getLong("discount"), currency),
                new Money(row.getLong("revenue"), currency),
                row.getOffsetDateTime("last_at").toInstant());
    }
}
