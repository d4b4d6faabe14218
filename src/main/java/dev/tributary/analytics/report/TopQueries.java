package dev.tributary.analytics.report;

import dev.tributary.analytics.figure.Figures;
import dev.tributary.analytics.figure.Reader;
import dev.tributary.id.TypeId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Ranks links, or the values of a cut, by what the rollups have of them. */
@ApplicationScoped
class TopQueries {
    static final String LINK = "link";

    /** What the rows of a statement stand for; links are told apart by their ids, and the rest by its value. */
    private static final String LINKS = "figures_by_link($1, $2, $3, $4) f";

    private static final String VALUES = "figures_by_cut($1, $2, $7, $3, $4) f";

    /** In two steps, and cut before ranks are given, as in {@link PerformanceQueries}. One row without a key where there is none. */
    private static final String RANKED =
            """
            WITH each_one AS MATERIALIZED (SELECT f.%1$s AS key, %2$s FROM %3$s),
            highest AS MATERIALIZED (
                SELECT e.key, %4$s AS measure FROM each_one e WHERE %5$s >= $5 AND %4$s IS NOT NULL
                 ORDER BY measure DESC, e.key LIMIT $6),
            shown AS (SELECT f.%1$s AS key, %6$s FROM %3$s WHERE f.%1$s = ANY (ARRAY(SELECT key FROM highest)))
            SELECT n.found, rank() OVER (ORDER BY h.measure DESC) AS place, e.*, %7$s AS label
              FROM (SELECT count(*) AS found FROM each_one e WHERE %5$s >= $5 AND %4$s IS NOT NULL) n
              LEFT JOIN (highest h JOIN shown e ON e.key = h.key) ON true
             ORDER BY place, e.key
            """;

    private record Shape(boolean links, RankBy sort) {}

    /** As many texts as there are shapes: 14. */
    private final Map<Shape, String> texts = new ConcurrentHashMap<>();

    private final Reader reader;
    private final Clock clock;

    TopQueries(Reader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** By {@value #LINK}, or the word of a {@link Cut}. */
    Uni<TopReport> ask(Ground ground, Span span, String by, Ranking ranking) {
        boolean links = by.equals(LINK);
        String sql = texts.computeIfAbsent(new Shape(links, ranking.by()), TopQueries::text);
        Tuple asked = Tuple.of(ground.programId(), ground.affiliateId(), span.from(), span.to())
                .addInteger(ranking.minimum())
                .addInteger(ranking.limit());
        if (!links) asked.addString(by);
        boolean whole = links && ground.affiliateId() == null;
        return (whole ? reader.readSince(ground.programId(), span.from(), sql, asked) : reader.read(sql, asked))
                .map(rows -> report(ground, span, by, ranking, rows));
    }

    private static String text(Shape shape) {
        RankBy sort = shape.sort;
        return RANKED.formatted(
                shape.links ? "link_id" : "value",
                sort.columns,
                shape.links ? LINKS : VALUES,
                sort.measure,
                sort.sample,
                Figures.COLUMNS,
                shape.links ? "(SELECT l.code FROM link l WHERE l.id = e.key)" : "NULL::text");
    }

    private TopReport report(Ground ground, Span span, String by, Ranking ranking, RowSet<Row> rows) {
        List<TopReport.Line> lines = new ArrayList<>();
        for (Row row : rows) if (row.getValue("key") != null) lines.add(line(ground.currency(), row));
        return new TopReport(
                ground.program(),
                ground.affiliate(),
                by,
                ranking.by().word(),
                ranking.minimum(),
                span.from(),
                span.to(),
                ground.zone().getId(),
                rows.iterator().next().getLong("found"),
                lines,
                clock.instant());
    }

    private static TopReport.Line line(String currency, Row row) {
        Figures figures = Figures.read(row);
        Object key = row.getValue("key");
        return new TopReport.Line(
                row.getLong("place"),
                key instanceof UUID link ? TypeId.LINK.format(link) : (String) key,
                row.getString("label"),
                ReportFigures.of(figures, currency),
                Cells.money(Rates.perHundred(figures.commission(), figures.clicks()), currency),
                Cells.money(Rates.mean(figures.revenue(), figures.sales()), currency),
                Rates.bps(figures.sales(), figures.clicks()));
    }
}
