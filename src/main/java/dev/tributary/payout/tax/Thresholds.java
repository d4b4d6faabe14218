package dev.tributary.payout.tax;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * From which sum a year's payments to one person are reported, in US cents by the year of payment: $600 through 2025, $2,000 for
 * 2026, and what the IRS announces for later years, by configuration.
 *
 * @see <a href="https://www.irs.gov/instructions/i1099mec">Instructions for Forms 1099-MISC and 1099-NEC</a>
 */
public record Thresholds(NavigableMap<Integer, Long> fromYear) {
    public static final Thresholds LAW = new Thresholds(new TreeMap<>(Map.of(0, 60_000L, 2026, 200_000L)));

    public Thresholds {
        fromYear = new TreeMap<>(fromYear);
        if (!fromYear.containsKey(0) || fromYear.values().stream().anyMatch(cents -> cents <= 0))
            throw new IllegalArgumentException("Every year has a threshold above 0");
    }

    /** The same with what was announced for a year and those after it. */
    public Thresholds with(int year, long cents) {
        NavigableMap<Integer, Long> next = new TreeMap<>(fromYear);
        next.put(year, cents);
        return new Thresholds(next);
    }

    public long of(int year) {
        return fromYear.floorEntry(year).getValue();
    }
}
