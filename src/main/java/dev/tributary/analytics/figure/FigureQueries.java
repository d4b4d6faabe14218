package dev.tributary.analytics.figure;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads the rollups by their functions: what an answer costs depends on days, never on how many clicks there were. */
@ApplicationScoped
public class FigureQueries {
    private static final String TOTAL = "SELECT * FROM figures_total($1, $2, $3, $4)";
    private static final String BY_DAY = "SELECT * FROM figures_by_day($1, $2, $3, $4) ORDER BY day";
    private static final String CUT = "SELECT * FROM figures_by_cut($1, $2, $3, $4, $5)";
    /** Source tags are whatever affiliates write: of those beyond there is nothing to say. */
    private static final String BY_CUT = CUT + " ORDER BY clicks DESC, sales DESC, value LIMIT 1000";

    private static final String TOP_CUTS = CUT + " ORDER BY revenue_minor DESC, clicks DESC, value LIMIT $6";
    private static final String TOP_LINKS =
            """
            SELECT f.*, l.code FROM figures_by_link($1, $2, $3, $4) f JOIN link l ON l.id = f.link_id
             ORDER BY f.revenue_minor DESC, f.clicks DESC, f.link_id LIMIT $5
            """;
    private static final String TOP_AFFILIATES =
            """
            SELECT f.*, a.name
              FROM (SELECT * FROM figures_by_affiliate($1, $2, $3)
                     ORDER BY revenue_minor DESC, sales DESC, clicks DESC, affiliate_id LIMIT $4) f
              JOIN affiliate a ON a.id = f.affiliate_id
             ORDER BY f.revenue_minor DESC, f.sales DESC, f.clicks DESC, f.affiliate_id
            """;

    /** What the figures of one part are; '' = none. */
    public record Part(String value, Figures figures) {}

    /** The figures of a link or an affiliate, with its code or name. */
    public record Named(UUID id, String name, Figures figures) {}

    public Uni<Figures> total(SqlConnection c, Subject of, Days days) {
        return c.preparedQuery(TOTAL)
                .execute(arguments(of, days))
                .map(rows -> Figures.read(rows.iterator().next()));
    }

    /** Days without anything are absent. */
    public Uni<TreeMap<LocalDate, Figures>> byDay(SqlConnection c, Subject of, Days days) {
        return c.preparedQuery(BY_DAY).execute(arguments(of, days)).map(rows -> {
            TreeMap<LocalDate, Figures> found = new TreeMap<>();
            for (Row row : rows) found.put(row.getLocalDate("day"), Figures.read(row));
            return found;
        });
    }

    /**
     * Those with the most clicks.
     *
     * @param cut source, country, device or code
     */
    public Uni<List<Part>> byCut(SqlConnection c, Subject of, String cut, Days days) {
        return list(c, BY_CUT, cut(of, cut, days), row -> new Part(row.getString("value"), Figures.read(row)));
    }

    /** Those with the most revenue, then the most clicks. */
    public Uni<List<Part>> topCuts(SqlConnection c, Subject of, String cut, Days days, int most) {
        return list(
                c,
                TOP_CUTS,
                cut(of, cut, days).addInteger(most),
                row -> new Part(row.getString("value"), Figures.read(row)));
    }

    public Uni<List<Named>> topLinks(SqlConnection c, Subject of, Days days, int most) {
        return list(
                c,
                TOP_LINKS,
                arguments(of, days).addInteger(most),
                row -> new Named(row.getUUID("link_id"), row.getString("code"), Figures.read(row)));
    }

    public Uni<List<Named>> topAffiliates(SqlConnection c, Subject of, Days days, int most) {
        return list(
                c,
                TOP_AFFILIATES,
                Tuple.of(of.programId(), days.from(), days.to(), most),
                row -> new Named(row.getUUID("affiliate_id"), row.getString("name"), Figures.read(row)));
    }

    private static Tuple arguments(Subject of, Days days) {
        return Tuple.of(of.programId(), of.affiliateId(), days.from(), days.to());
    }

    private static Tuple cut(Subject of, String cut, Days days) {
        return Tuple.of(of.programId(), of.affiliateId(), cut, days.from(), days.to());
    }

    private static <T> Uni<List<T>> list(SqlConnection c, String sql, Tuple asked, Function<Row, T> read) {
        return c.preparedQuery(sql).execute(asked).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(read)
                .toList());
    }
}
