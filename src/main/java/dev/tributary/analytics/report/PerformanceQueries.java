package dev.tributary.analytics.report;

import dev.tributary.analytics.figure.Figures;
import dev.tributary.analytics.figure.Reader;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ranks the affiliates of a program by what the rollups have of them. */
@ApplicationScoped
class PerformanceQueries {
    /**
     * The order is found from what it needs alone, and the rest is added up for those who are shown. It is cut before ranks
     * are given: whoever is above somebody shown is shown, so their ranks are those among all.
     * One row, without an affiliate, where nobody has the sample.
     */
    private static final String RANKED =
            """
            WITH each_one AS MATERIALIZED (SELECT f.affiliate_id, %1$s FROM figures_by_affiliate($1, $2, $3) f),
            mean AS MATERIALIZED (%2$s),
            highest AS MATERIALIZED (
                SELECT e.affiliate_id, %3$s AS measure FROM each_one e CROSS JOIN mean
                 WHERE %4$s >= $4 AND %3$s IS NOT NULL
                 ORDER BY measure DESC, e.affiliate_id LIMIT $5),
            shown AS (
                SELECT f.affiliate_id, %5$s FROM figures_by_affiliate($1, $2, $3) f
                 WHERE f.affiliate_id = ANY (ARRAY(SELECT affiliate_id FROM highest)))
            SELECT n.ranked, rank() OVER (ORDER BY h.measure DESC) AS place, e.*, a.name, round(%6$s)::integer AS quality
              FROM (SELECT count(*) AS ranked FROM each_one e CROSS JOIN mean WHERE %4$s >= $4 AND %3$s IS NOT NULL) n
              LEFT JOIN (highest h JOIN shown e ON e.affiliate_id = h.affiliate_id
                         JOIN affiliate a ON a.id = h.affiliate_id CROSS JOIN mean) ON true
             ORDER BY place, e.affiliate_id
            """;

    /** As many texts as there are orders. */
    private final Map<RankBy, String> texts = new ConcurrentHashMap<>();

    private final Reader reader;
    private final Clock clock;

    PerformanceQueries(Reader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    Uni<PerformanceReport> ask(Ground ground, Span span, Ranking ranking) {
        String sql = texts.computeIfAbsent(ranking.by(), PerformanceQueries::text);
        Tuple asked = Tuple.of(ground.programId(), span.from(), span.to(), ranking.minimum(), ranking.limit());
        return reader.readSince(ground.programId(), span.from(), sql, asked)
                .map(rows -> report(ground, span, ranking, rows));
    }

    private static String text(RankBy by) {
        return RANKED.formatted(by.columns, Quality.MEAN, by.measure, by.sample, Figures.COLUMNS, Quality.OF_A_ROW);
    }

    private PerformanceReport report(Ground ground, Span span, Ranking ranking, RowSet<Row> rows) {
        List<PerformanceReport.Line> lines = new ArrayList<>();
        for (Row row : rows) if (row.getUUID("affiliate_id") != null) lines.add(line(ground.currency(), row));
        return new PerformanceReport(
                ground.program(),
                span.from(),
                span.to(),
                ground.zone().getId(),
                ranking.by().word(),
                ranking.minimum(),
                rows.iterator().next().getLong("ranked"),
                lines,
                clock.instant());
    }

    private static PerformanceReport.Line line(String currency, Row row) {
        Figures figures = Figures.read(row);
        return new PerformanceReport.Line(
                row.getLong("place"),
                TypeId.AFFILIATE.format(row.getUUID("affiliate_id")),
                row.getString("name"),
                figures.clicks(),
                figures.uniques(),
                figures.leads(),
                figures.sales(),
                new Money(figures.revenue(), currency),
                new Money(figures.commission(), currency),
                Cells.money(Rates.perHundred(figures.commission(), figures.clicks()), currency),
                Cells.money(Rates.mean(figures.revenue(), figures.sales()), currency),
                Rates.bps(figures.sales(), figures.clicks()),
                Rates.bps(figures.refunds(), figures.sales()),
                Rates.bps(figures.churns(), figures.sales() - figures.repeatSales()),
                row.getInteger("quality"));
    }
}
