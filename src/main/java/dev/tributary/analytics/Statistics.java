package dev.tributary.analytics;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of an affiliate's links, summed up.
 *
 * @param by null: sums only
 * @param data times upward, everything else from the most clicks down; times without anything have no row
 * @param totals sums of everything asked for, also of rows that were cut off
 */
@Schema(name = "Statistics")
record Statistics(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(
                        nullable = true,
                        examples = "src",
                        description = "day, week, month, src, link or campaign; null: sums only")
                @Nullable
                String by,
        @Schema(examples = "2026-11-01T00:00:00Z") Instant from,
        @Schema(examples = "2026-11-21T08:00:00Z") Instant to,
        @Schema(examples = "Europe/Berlin", description = "Where days, weeks and months begin and end") String timeZone,
        List<Line> data,
        Counts totals,
        @Schema(description = "Whether there are more rows than shown") boolean truncated) {
    Statistics {
        data = List.copyOf(data);
    }

    /** One row. */
    @Schema(name = "StatisticsRow")
    record Line(
            @Schema(
                            examples = "newsletter",
                            description =
                                    "The day, the week's Monday, the month, the source tag, the id of the link or "
                                            + "campaign; empty where there is none")
                    String key,
            @Schema(nullable = true, examples = "SUMMER", description = "The link's code, the campaign's name")
                    @Nullable
                    String label,
            @Schema(examples = "1000", description = "People's clicks") long clicks,
            @Schema(examples = "800") long uniques,
            @Schema(examples = "40", description = "Sign-ups") long leads,
            @Schema(examples = "25") long sales,
            @Schema(nullable = true, examples = "400", description = "Leads of 10,000 clicks; null without clicks")
                    @Nullable
                    Long leadRateBps,
            @Schema(nullable = true, examples = "250", description = "Sales of 10,000 clicks; null without clicks")
                    @Nullable
                    Long conversionRateBps,
            @Schema(description = "Of the sales, in the program's currency") Money revenue,
            @Schema(description = "Commissions that are not rejected or reversed, in the program's currency")
                    Money earned) {}

    /** The sums. */
    @Schema(name = "StatisticsTotals")
    record Counts(
            @Schema(examples = "1000") long clicks,
            @Schema(examples = "800") long uniques,
            @Schema(examples = "40") long leads,
            @Schema(examples = "25") long sales,
            @Schema(nullable = true, examples = "400") @Nullable Long leadRateBps,
            @Schema(nullable = true, examples = "250") @Nullable Long conversionRateBps,
            Money revenue,
            Money earned) {}

    static final Csv<Line> CSV = new Csv<>(
            List.of(
                    "key",
                    "label",
                    "clicks",
                    "uniques",
                    "leads",
                    "sales",
                    "leadRateBps",
                    "conversionRateBps",
                    "revenue",
                    "earned",
                    "currency"),
            row -> List.of(
                    row.key(),
                    row.label() == null ? "" : row.label(),
                    Long.toString(row.clicks()),
                    Long.toString(row.uniques()),
                    Long.toString(row.leads()),
                    Long.toString(row.sales()),
                    row.leadRateBps() == null ? "" : row.leadRateBps().toString(),
                    row.conversionRateBps() == null
                            ? ""
                            : row.conversionRateBps().toString(),
                    Long.toString(row.revenue().amount()),
                    Long.toString(row.earned().amount()),
                    row.revenue().currency()));

    /** The rows; where there are sums only, these in one. */
    String csv() {
        if (by != null) return CSV.whole(data);
        Line sums = new Line(
                "",
                null,
                totals.clicks(),
                totals.uniques(),
                totals.leads(),
                totals.sales(),
                totals.leadRateBps(),
                totals.conversionRateBps(),
                totals.revenue(),
                totals.earned());
        return CSV.whole(List.of(sums));
    }

    /** How many of 10,000 clicks, to the nearest; null where there were none. */
    static @Nullable Long rate(long some, long clicks) {
        return clicks == 0 ? null : (some * 10_000 + clicks / 2) / clicks;
    }

    /** A key as it is shown: ids of links and campaigns as TypeIDs. */
    static String shown(GroupBy by, String key) {
        if (key.isEmpty()) return key;
        return switch (by) {
            case LINK -> TypeId.LINK.format(java.util.UUID.fromString(key));
            case CAMPAIGN -> TypeId.CAMPAIGN.format(java.util.UUID.fromString(key));
            default -> key;
        };
    }
}
