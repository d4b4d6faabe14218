package dev.tributary.analytics.report;

import dev.tributary.analytics.figure.Figures;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Figures along a time: reads the days or hours in which anything happened, and fills in the others. */
@ApplicationScoped
class Trends {
    private final FigureQueries queries;
    private final Clock clock;

    Trends(FigureQueries queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    Uni<TrendsReport> ask(Ground ground, Span span, Buckets by) {
        return series(ground, span.from(), span.to(), by).chain(now -> series(ground, span.before(), span.until(), by)
                .map(before -> report(ground, span, by, now, before)));
    }

    private Uni<Map<String, Figures>> series(Ground ground, LocalDate from, LocalDate to, Buckets by) {
        return by == Buckets.HOUR
                ? queries.hours(ground, from, to).map(found -> hours(ground, from, to, found))
                : queries.days(ground, from, to).map(found -> days(ground, from, to, by, found));
    }

    private Map<String, Figures> days(
            Ground ground, LocalDate from, LocalDate to, Buckets by, TreeMap<LocalDate, Figures> found) {
        Map<String, Figures> points = new TreeMap<>();
        LocalDate today = ground.today(clock);
        for (LocalDate day = from; day.isBefore(to) && !day.isAfter(today); day = day.plusDays(1))
            points.put(by.key(day), Figures.NOTHING);
        found.forEach((day, figures) -> points.merge(by.key(day), figures, Figures::plus));
        return points;
    }

    /** Keys are moments of one form, so they sort as they follow each other. */
    private Map<String, Figures> hours(Ground ground, LocalDate from, LocalDate to, TreeMap<Instant, Figures> found) {
        Map<String, Figures> points = new TreeMap<>();
        Instant end = to.atStartOfDay(ground.zone()).toInstant();
        Instant now = clock.instant();
        Instant hour = from.atStartOfDay(ground.zone()).toInstant().truncatedTo(ChronoUnit.HOURS);
        for (; hour.isBefore(end) && !hour.isAfter(now); hour = hour.plus(1, ChronoUnit.HOURS))
            points.put(hour.toString(), Figures.NOTHING);
        found.forEach((at, figures) -> points.merge(at.toString(), figures, Figures::plus));
        return points;
    }

    private static TrendsReport report(
            Ground ground, Span span, Buckets by, Map<String, Figures> now, Map<String, Figures> before) {
        return new TrendsReport(
                ground.program(),
                ground.affiliate(),
                by.word(),
                span.from(),
                span.to(),
                span.before(),
                span.until(),
                ground.zone().getId(),
                ground.currency(),
                points(now, ground.currency()),
                points(before, ground.currency()),
                TrendsReport.changes(sum(before), sum(now)));
    }

    private static List<TrendsReport.Point> points(Map<String, Figures> series, String currency) {
        List<TrendsReport.Point> points = new ArrayList<>();
        series.forEach((key, figures) -> points.add(new TrendsReport.Point(key, ReportFigures.of(figures, currency))));
        return points;
    }

    private static Figures sum(Map<String, Figures> series) {
        return series.values().stream().reduce(Figures.NOTHING, Figures::plus);
    }
}
