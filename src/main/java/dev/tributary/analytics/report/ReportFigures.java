package dev.tributary.analytics.report;

import dev.tributary.analytics.figure.Figures;
import dev.tributary.money.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Figures as reports show them: all that the rollups have. */
record ReportFigures(
        @Schema(examples = "1000", description = "People's clicks") long clicks,
        @Schema(examples = "800", description = "Clicks of visitors who had not clicked the same link lately")
                long uniques,
        @Schema(examples = "40", description = "Sign-ups") long leads,
        @Schema(examples = "25", description = "Sales, refunded ones too: a refund is a figure of its own") long sales,
        @Schema(examples = "5", description = "Sales to customers who had bought before") long repeatSales,
        @Schema(description = "Of the sales, before refunds") Money revenue,
        @Schema(examples = "1", description = "Refunds and disputes, less disputes won, by their own day") long refunds,
        @Schema(description = "What these took back") Money refunded,
        @Schema(examples = "2", description = "Customers who left") long churns,
        @Schema(description = "Of commissions that are not rejected, by the day they were earned") Money commission,
        @Schema(examples = "25", description = "How many these are") long commissions,
        @Schema(description = "What of these was taken back, by the same day") Money reversed,
        @Schema(description = "Paid out, by the payout's day") Money paid) {
    static ReportFigures of(Figures figures, String currency) {
        return new ReportFigures(
                figures.clicks(),
                figures.uniques(),
                figures.leads(),
                figures.sales(),
                figures.repeatSales(),
                new Money(figures.revenue(), currency),
                figures.refunds(),
                new Money(figures.refunded(), currency),
                figures.churns(),
                new Money(figures.commission(), currency),
                figures.commissions(),
                new Money(figures.reversed(), currency),
                new Money(figures.paid(), currency));
    }
}
