package dev.tributary.analytics.report;

import dev.tributary.money.Money;
import io.vertx.mutiny.sqlclient.Row;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What happened in some time, as the rollups' functions answer it. Amounts are in minor units of the program's currency; a
 * sale in another currency counts as a sale without revenue.
 */
record Figures(
        long clicks,
        long uniques,
        long leads,
        long sales,
        long repeatSales,
        long revenue,
        long refunds,
        long refunded,
        long churns,
        long commission,
        long commissions,
        long reversed,
        long paid) {
    static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The columns of a row {@code f} of any of the functions. */
    static final String COLUMNS =
            """
            f.clicks, f.uniques, f.leads, f.sales, f.repeat_sales, f.revenue_minor, f.refunds, f.refunded_minor, f.churns,
                   f.commission_minor, f.commissions, f.reversed_minor, f.paid_minor""";

    static Figures read(Row row) {
        return new Figures(
                row.getLong("clicks"),
                row.getLong("uniques"),
                row.getLong("leads"),
                row.getLong("sales"),
                row.getLong("repeat_sales"),
                row.getLong("revenue_minor"),
                row.getLong("refunds"),
                row.getLong("refunded_minor"),
                row.getLong("churns"),
                row.getLong("commission_minor"),
                row.getLong("commissions"),
                row.getLong("reversed_minor"),
                row.getLong("paid_minor"));
    }

    Figures plus(Figures more) {
        return new Figures(
                clicks + more.clicks,
                uniques + more.uniques,
                leads + more.leads,
                sales + more.sales,
                repeatSales + more.repeatSales,
                revenue + more.revenue,
                refunds + more.refunds,
                refunded + more.refunded,
                churns + more.churns,
                commission + more.commission,
                commissions + more.commissions,
                reversed + more.reversed,
                paid + more.paid);
    }

    View view(String currency) {
        return new View(
                clicks,
                uniques,
                leads,
                sales,
                repeatSales,
                new Money(revenue, currency),
                refunds,
                new Money(refunded, currency),
                churns,
                new Money(commission, currency),
                commissions,
                new Money(reversed, currency),
                new Money(paid, currency));
    }

    /** The same as it is shown. */
    @Schema(name = "ReportFigures")
    record View(
            @Schema(examples = "1000", description = "People's clicks") long clicks,
            @Schema(examples = "800", description = "Clicks of visitors who had not clicked the same link lately")
                    long uniques,
            @Schema(examples = "40", description = "Sign-ups") long leads,
            @Schema(examples = "25", description = "Sales, refunded ones too: a refund is a figure of its own")
                    long sales,
            @Schema(examples = "5", description = "Sales to customers who had bought before") long repeatSales,
            @Schema(description = "Of the sales, before refunds") Money revenue,
            @Schema(examples = "1", description = "Refunds and disputes, less disputes won, by their own day")
                    long refunds,
            @Schema(description = "What these took back") Money refunded,
            @Schema(examples = "2", description = "Customers who left") long churns,
            @Schema(description = "Of commissions that are not rejected, by the day they were earned") Money commission,
            @Schema(examples = "25", description = "How many these are") long commissions,
            @Schema(description = "What of these was taken back, by the same day") Money reversed,
            @Schema(description = "Paid out, by the payout's day") Money paid) {}
}
