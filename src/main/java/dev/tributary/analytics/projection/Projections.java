package dev.tributary.analytics.projection;

import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.FigureQueries;
import dev.tributary.analytics.figure.Figures;
import dev.tributary.analytics.figure.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.TreeMap;

/** Projections of what a whole program or one affiliate earns, by two years of days at most. */
@ApplicationScoped
class Projections {
    private final FigureQueries figures;
    private final Clock clock;

    Projections(FigureQueries figures, Clock clock) {
        this.figures = figures;
        this.clock = clock;
    }

    Uni<ProjectionView> of(SqlConnection c, Subject subject) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), subject.zone());
        LocalDate tomorrow = today.plusDays(1);
        Days days = new Days(tomorrow.minusDays(Forecast.MOST_DAYS), tomorrow);
        return figures.byDay(c, subject, days).map(found -> {
            TreeMap<LocalDate, Long> earned = earned(found);
            return ProjectionView.of(subject, days, today, Forecast.sample(earned, today), Forecast.of(earned, today));
        });
    }

    private static TreeMap<LocalDate, Long> earned(TreeMap<LocalDate, Figures> days) {
        TreeMap<LocalDate, Long> earned = new TreeMap<>();
        days.forEach((day, figures) -> {
            if (figures.commission() != 0) earned.put(day, figures.commission());
        });
        return earned;
    }
}
