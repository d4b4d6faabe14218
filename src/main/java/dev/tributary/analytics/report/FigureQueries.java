package dev.tributary.analytics.report;

import dev.tributary.analytics.figure.Figures;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.TreeMap;

/** Sums of what the rollups have, over a time or along it. */
@ApplicationScoped
class FigureQueries {
    private static final String TOTALS =
            """
            SELECT %1$s FROM figures_total($1, $2, $3, $4) f
            UNION ALL
            SELECT %1$s FROM figures_total($1, $2, $5, $6) f
            """
                    .formatted(Figures.COLUMNS);

    /** Nothing in either time is no row: sums over no rows are null. */
    private static final String TOTALS_OF_A_VALUE =
            "%s UNION ALL %s".formatted(ofAValue("$5", "$6"), ofAValue("$7", "$8"));

    private static final String DAYS =
            "SELECT f.day, %s FROM figures_by_day($1, $2, $3, $4) f".formatted(Figures.COLUMNS);

    private static final String HOURS =
            """
            SELECT f.hour, %s
              FROM generate_series($3::date, $4::date - 1, interval '1 day') AS d (at)
             CROSS JOIN LATERAL figures_by_hour($1, $2, d.at::date) f
            """
                    .formatted(Figures.COLUMNS);

    private final Transactions transactions;

    FigureQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    private static String ofAValue(String from, String to) {
        return "(SELECT %1$s FROM (VALUES (1)) one LEFT JOIN figures_by_cut($1, $2, $3, %2$s, %3$s) f ON f.value = $4)"
                .formatted(Figures.COLUMNS.replaceAll("f\\.([a-z_]+)", "coalesce(f.$1, 0) AS $1"), from, to);
    }

    /** The span's sums, and those of the days before. */
    Uni<Compared> compare(Ground ground, Span span) {
        Tuple asked = Tuple.of(ground.programId(), ground.affiliateId(), span.from(), span.to())
                .addLocalDate(span.before())
                .addLocalDate(span.until());
        return two(TOTALS, asked);
    }

    /** The same of what has this value of the cut alone. */
    Uni<Compared> compare(Ground ground, Span span, Cut cut, String value) {
        Tuple asked = Tuple.of(ground.programId(), ground.affiliateId(), cut.word(), value)
                .addLocalDate(span.from())
                .addLocalDate(span.to())
                .addLocalDate(span.before())
                .addLocalDate(span.until());
        return two(TOTALS_OF_A_VALUE, asked);
    }

    private Uni<Compared> two(String sql, Tuple asked) {
        return transactions
                .read(connection -> connection.preparedQuery(sql).execute(asked))
                .map(rows -> {
                    var each = rows.iterator();
                    return new Compared(Figures.read(each.next()), Figures.read(each.next()));
                });
    }

    /** Days on which anything happened, in their order. */
    Uni<TreeMap<LocalDate, Figures>> days(Ground ground, LocalDate from, LocalDate to) {
        return transactions
                .read(connection -> connection.preparedQuery(DAYS).execute(asked(ground, from, to)))
                .map(rows -> {
                    TreeMap<LocalDate, Figures> found = new TreeMap<>();
                    for (Row row : rows) found.merge(row.getLocalDate("day"), Figures.read(row), Figures::plus);
                    return found;
                });
    }

    /** Hours of UTC in which anything happened, in their order. */
    Uni<TreeMap<Instant, Figures>> hours(Ground ground, LocalDate from, LocalDate to) {
        return transactions
                .read(connection -> connection.preparedQuery(HOURS).execute(asked(ground, from, to)))
                .map(rows -> {
                    TreeMap<Instant, Figures> found = new TreeMap<>();
                    for (Row row : rows)
                        found.merge(row.getOffsetDateTime("hour").toInstant(), Figures.read(row), Figures::plus);
                    return found;
                });
    }

    private static Tuple asked(Ground ground, LocalDate from, LocalDate to) {
        return Tuple.of(ground.programId(), ground.affiliateId(), from, to);
    }
}
