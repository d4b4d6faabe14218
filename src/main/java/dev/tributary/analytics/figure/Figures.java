package dev.tributary.analytics.figure;

import dev.tributary.money.Money;
import io.vertx.mutiny.sqlclient.Row;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What happened in some time, as the functions of the rollups answer it; amounts in minor units of the program's currency. A
 * sale in another currency counts as a sale without revenue.
 *
 * @param clicks of people
 * @param revenue of sales, also of those that were refunded later
 * @param commission earned in that time and not rejected
 * @param reversed of it, taken back since
 */
public record Figures(
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
    public static final Figures NOTHING = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The columns of a row {@code f} of any of the functions. */
    public static final String COLUMNS =
            """
            f.clicks, f.uniques, f.leads, f.sales, f.repeat_sales, f.revenue_minor, f.refunds, f.refunded_minor, f.churns,
                   f.commission_minor, f.commissions, f.reversed_minor, f.paid_minor""";

    public static Figures read(Row row) {
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

    /** Sales for each 10,000 clicks, as everywhere; 0 where there were none. */
    public long conversionRateBps() {
        return clicks == 0 ? 0 : Math.round(sales * 10_000.0 / clicks);
    }

    public Figures plus(Figures more) {
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

    public View view(String currency) {
        return new View(
                clicks,
                uniques,
                leads,
                sales,
                repeatSales,
                conversionRateBps(),
                new Money(revenue, currency),
                refunds,
                new Money(refunded, currency),
                churns,
                new Money(commission, currency),
                new Money(paid, currency));
    }

    /** The same as the API shows it. */
    @Schema(name = "Figures")
    public record View(
            @Schema(examples = "1840", description = "Of people, not of bots") long clicks,
            @Schema(examples = "1510", description = "First clicks of a visitor on a link within its window")
                    long uniques,
            @Schema(examples = "92") long leads,
            @Schema(examples = "31", description = "Also those that were refunded later") long sales,
            @Schema(examples = "4", description = "Of these, by customers who had bought before") long repeatSales,
            @Schema(examples = "205", description = "Sales for each 10,000 clicks") long conversionRateBps,
            @Schema(description = "Of the sales, before refunds") Money revenue,
            @Schema(examples = "2", description = "Refunds and lost disputes, by when they happened") long refunds,
            Money refunded,
            @Schema(examples = "1", description = "Customers who were lost") long churns,
            @Schema(description = "Earned by when it was earned, what was rejected left out") Money commission,
            @Schema(description = "Paid out") Money paid) {}
}
