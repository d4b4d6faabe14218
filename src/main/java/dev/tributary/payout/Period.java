package dev.tributary.payout;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Locale;

/**
 * What a scheduled run of a program is for. A program has one run of a kind for a period, whoever starts it and how often.
 *
 * @param key a month such as {@code 2026-11} or a day such as {@code 2026-11-21}, in the program's time zone
 */
public record Period(Kind kind, String key) {
    /** How often it comes. */
    public enum Kind {
        MONTHLY,
        DAILY;

        /** The word in JSON and in the database. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Every month has one. */
    static final int LATEST_DAY = 28;

    /**
     * The month whose run is due: the latest whose day has come. A schedule that was down on that day catches up with the same
     * run, and one that was down for months pays once, not once a month.
     */
    public static Period month(Instant now, ZoneId zone, int dayOfMonth) {
        if (dayOfMonth < 1 || dayOfMonth > LATEST_DAY)
            throw new IllegalArgumentException("A day that every month has: 1 to " + LATEST_DAY);
        LocalDate today = LocalDate.ofInstant(now, zone);
        YearMonth month = YearMonth.from(today);
        return new Period(
                Kind.MONTHLY, (today.getDayOfMonth() >= dayOfMonth ? month : month.minusMonths(1)).toString());
    }

    public static Period day(Instant now, ZoneId zone) {
        return new Period(Kind.DAILY, LocalDate.ofInstant(now, zone).toString());
    }
}
