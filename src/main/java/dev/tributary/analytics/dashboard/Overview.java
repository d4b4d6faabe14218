package dev.tributary.analytics.dashboard;

import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.FigureQueries;
import dev.tributary.analytics.figure.Figures;
import dev.tributary.analytics.figure.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.NavigableMap;

/** What both dashboards begin with: the sums of a period, those of as many days before, and the days one by one. */
record Overview(Figures now, Figures before, NavigableMap<LocalDate, Figures> days) {
    static Uni<Overview> of(SqlConnection c, FigureQueries figures, Subject subject, Days days) {
        return figures.total(c, subject, days).chain(now -> figures.total(c, subject, days.before())
                .chain(before -> figures.byDay(c, subject, days).map(found -> new Overview(now, before, found))));
    }
}
