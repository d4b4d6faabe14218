package dev.tributary.analytics.dashboard;

import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.Figures;
import dev.tributary.money.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One day of a trend; days on which nothing happened are there too. */
@Schema(name = "TrendDay")
record TrendDay(
        @Schema(examples = "2026-11-21") LocalDate day,
        @Schema(examples = "64") long clicks,
        @Schema(examples = "3") long leads,
        @Schema(examples = "1") long sales,
        @Schema(examples = "205", description = "Sales for each 10,000 clicks") long conversionRateBps,
        Money revenue,
        Money commission) {
    static List<TrendDay> of(Days days, NavigableMap<LocalDate, Figures> found, String currency) {
        return days.from()
                .datesUntil(days.to())
                .map(day -> of(day, found.getOrDefault(day, Figures.NOTHING), currency))
                .toList();
    }

    private static TrendDay of(LocalDate day, Figures f, String currency) {
        return new TrendDay(
                day,
                f.clicks(),
                f.leads(),
                f.sales(),
                f.conversionRateBps(),
                new Money(f.revenue(), currency),
                new Money(f.commission(), currency));
    }
}
