package dev.tributary.analytics.report;

import dev.tributary.page.Params;
import dev.tributary.problem.FieldErrors;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which days a report is asked for: a period by its name, or days of the calendar. What they are is known when the program
 * is, whose time zone says which day today is.
 */
record AskedDays(@Nullable NamedPeriod period, @Nullable LocalDate from, @Nullable LocalDate to) {
    static final Set<String> PARAMETERS = Set.of("from", "to", "period");

    /** Two years, one of them a leap year: 731 rows of days at most. */
    static final int MOST_DAYS = 731;

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2200, 1, 1);

    /** A 400 that names what cannot be so. */
    static AskedDays of(UriInfo uri) {
        String word = Params.oneOf(uri, "period", NamedPeriod.WORDS);
        AskedDays asked = new AskedDays(
                word == null ? null : NamedPeriod.of(word), Params.day(uri, "from"), Params.day(uri, "to"));
        asked.check();
        return asked;
    }

    private void check() {
        FieldErrors errors = new FieldErrors();
        errors.require(
                        period == null || from == null && to == null,
                        "period",
                        "conflict",
                        "period is given, or from and to")
                .require(within(from), "from", "out_of_range", "from is in the years 2000 to 2199")
                .require(within(to), "to", "out_of_range", "to is in the years 2000 to 2199");
        if (from != null && to != null) inOrder(errors, from, to);
        errors.done();
    }

    private static void inOrder(FieldErrors errors, LocalDate from, LocalDate to) {
        errors.require(from.isBefore(to), "to", "out_of_range", "to is the day after the last, so after from")
                .require(
                        ChronoUnit.DAYS.between(from, to) <= MOST_DAYS,
                        "from",
                        "too_long",
                        "from and to are at most %d days apart".formatted(MOST_DAYS));
    }

    /** The days meant on a day; a 400 where it was only now seen that they cannot be. */
    Span on(LocalDate today) {
        if (from == null && to == null) return (period == null ? NamedPeriod.USUAL : period).on(today);
        LocalDate end = to == null ? today.plusDays(1) : to;
        LocalDate begin = from == null ? end.minusDays(NamedPeriod.USUAL_DAYS) : from;
        FieldErrors errors = new FieldErrors();
        inOrder(errors, begin, end);
        errors.done();
        boolean month = begin.getDayOfMonth() == 1 && end.equals(begin.plusMonths(1));
        return month ? new Span(begin, end, begin.minusMonths(1), begin) : Span.of(begin, end);
    }

    private static boolean within(@Nullable LocalDate day) {
        return day == null || !day.isBefore(EARLIEST) && day.isBefore(LATEST);
    }
}
