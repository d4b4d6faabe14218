package dev.tributary.analytics.overview;

import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.FigureQueries.Named;
import dev.tributary.analytics.figure.FigureQueries.Part;
import dev.tributary.analytics.figure.Figures;
import dev.tributary.analytics.figure.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.ToLongFunction;

/**
 * What an overview shows.
 *
 * @param days absent days are days of nothing
 * @param top affiliates of a program, or links of an affiliate, by revenue
 */
record OverviewFigures(
        Subject subject,
        Days period,
        Instant asOf,
        Figures now,
        Figures before,
        NavigableMap<LocalDate, Figures> days,
        List<Part> sources,
        List<Named> top) {
    OverviewFigures {
        sources = List.copyOf(sources);
        top = List.copyOf(top);
    }

    List<LocalDate> dates() {
        return period.from().datesUntil(period.to()).toList();
    }

    List<Long> each(ToLongFunction<Figures> figure) {
        return dates().stream()
                .map(day -> figure.applyAsLong(days.getOrDefault(day, Figures.NOTHING)))
                .toList();
    }
}
