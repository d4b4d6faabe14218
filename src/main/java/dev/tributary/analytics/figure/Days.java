package dev.tributary.analytics.figure;

import dev.tributary.page.Params;
import dev.tributary.problem.FieldErrors;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whole days of a program's time zone: from the first, until before the last.
 *
 * @param to the day after the last one that counts
 */
public record Days(LocalDate from, LocalDate to) {
    /** What a request may name it by. */
    public static final List<String> PARAMETERS = List.of("from", "to", "period");

    /** Two years: a chart, or the days that one answer may add up. */
    private static final long LONGEST = 731;

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2200, 1, 1);
    private static final List<String> PERIODS =
            List.of("today", "7d", "30d", "90d", "month", "last_month", "quarter", "year", "12m");
    private static final String USUAL = "30d";

    public Days {
        if (!from.isBefore(to)) throw new IllegalArgumentException("from %s is not before %s".formatted(from, to));
    }

    /** As {@code from} and {@code to} say, or {@code period}; the last 30 days, today included, where nothing is said. */
    public static Asked asked(UriInfo uri) {
        String period = Params.oneOf(uri, "period", PERIODS);
        LocalDate from = Params.day(uri, "from");
        LocalDate to = Params.day(uri, "to");
        FieldErrors errors = new FieldErrors();
        errors.require(period == null || from == null && to == null, "period", "conflict", "period, or from and to")
                .require(within(from), "from", "out_of_range", "from is in the years 2000 to 2199")
                .require(within(to), "to", "out_of_range", "to is in the years 2000 to 2199")
                .require(to == null || from != null, "from", "required", "to needs from")
                .done();
        return new Asked(period == null ? USUAL : period, from, to);
    }

    /** What was asked, before it is known in which time zone. */
    public record Asked(String period, @Nullable LocalDate from, @Nullable LocalDate to) {
        public Days in(ZoneId zone, Instant now) {
            LocalDate today = LocalDate.ofInstant(now, zone);
            if (from == null) return named(period, today);
            LocalDate end = to == null ? today.plusDays(1) : to;
            FieldErrors errors = new FieldErrors();
            errors.require(from.isBefore(end), "to", "out_of_range", "to is after from")
                    .require(
                            ChronoUnit.DAYS.between(from, end) <= LONGEST,
                            "from",
                            "too_long",
                            "from and to are at most %d days apart".formatted(LONGEST))
                    .done();
            return new Days(from, end);
        }
    }

    static Days named(String period, LocalDate today) {
        LocalDate tomorrow = today.plusDays(1);
        LocalDate month = today.withDayOfMonth(1);
        return switch (period) {
            case "today" -> new Days(today, tomorrow);
            case "7d" -> new Days(tomorrow.minusDays(7), tomorrow);
            case "90d" -> new Days(tomorrow.minusDays(90), tomorrow);
            case "month" -> new Days(month, tomorrow);
            case "last_month" -> new Days(month.minusMonths(1), month);
            case "quarter" -> new Days(month.minusMonths((month.getMonthValue() - 1) % 3), tomorrow);
            case "year" -> new Days(today.withDayOfYear(1), tomorrow);
            case "12m" -> new Days(tomorrow.minusMonths(12), tomorrow);
            default -> new Days(tomorrow.minusDays(30), tomorrow);
        };
    }

    /** As many days, just before these. */
    public Days before() {
        return new Days(from.minusDays(length()), from);
    }

    public long length() {
        return ChronoUnit.DAYS.between(from, to);
    }

    private static boolean within(@Nullable LocalDate day) {
        return day == null || !day.isBefore(EARLIEST) && day.isBefore(LATEST);
    }
}
