package dev.tributary.payout.rail.manual.nacha;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;

/**
 * The days on which the Federal Reserve settles: no Saturday, no Sunday, none of its holidays. A holiday on a Sunday is kept on
 * Monday; one on a Saturday is not kept.
 *
 * @see <a href="https://www.frbservices.org/about/holiday-schedules">holiday schedules</a>
 */
public final class BankingDays {
    private BankingDays() {}

    public static boolean isOpen(LocalDate day) {
        DayOfWeek weekday = day.getDayOfWeek();
        if (weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY) return false;
        return !isHoliday(day) && !(weekday == DayOfWeek.MONDAY && isFixed(day.minusDays(1)));
    }

    /** That many banking days later; the day itself does not count. */
    public static LocalDate after(LocalDate day, int days) {
        LocalDate then = day;
        for (int left = days; left > 0; ) {
            then = then.plusDays(1);
            if (isOpen(then)) left--;
        }
        return then;
    }

    private static boolean isHoliday(LocalDate day) {
        return isFixed(day) || isMoving(day);
    }

    /** New Year, Juneteenth, Independence Day, Veterans Day, Christmas. */
    private static boolean isFixed(LocalDate day) {
        int number = day.getDayOfMonth();
        return switch (day.getMonth()) {
            case JANUARY -> number == 1;
            case JUNE -> number == 19;
            case JULY -> number == 4;
            case NOVEMBER -> number == 11;
            case DECEMBER -> number == 25;
            default -> false;
        };
    }

    /** Martin Luther King, Presidents, Memorial, Labor and Columbus Day, all Mondays, and Thanksgiving, a Thursday. */
    private static boolean isMoving(LocalDate day) {
        Month month = day.getMonth();
        return switch (month) {
            case JANUARY, FEBRUARY -> isNth(day, 3, DayOfWeek.MONDAY);
            case MAY -> day.equals(day.with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)));
            case SEPTEMBER -> isNth(day, 1, DayOfWeek.MONDAY);
            case OCTOBER -> isNth(day, 2, DayOfWeek.MONDAY);
            case NOVEMBER -> isNth(day, 4, DayOfWeek.THURSDAY);
            default -> false;
        };
    }

    private static boolean isNth(LocalDate day, int n, DayOfWeek weekday) {
        return day.equals(day.with(TemporalAdjusters.dayOfWeekInMonth(n, weekday)));
    }
}
