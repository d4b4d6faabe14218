package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.Subject;
import dev.tributary.id.TypeId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Finds the affiliates who sold more or less than before: for staff. */
@ApplicationScoped
class AffiliateChangeRule implements InsightRule {
    private static final int MOST = 5;
    /** Of each of both periods: every fact is read. */
    private static final long MOST_DAYS = 92;

    /** The statistic of {@link Significance#ofCounts}, so that only the largest leave the database. */
    private static final String CHANGED =
            """
            SELECT m.affiliate_id, a.name, m.now, m.before, m.compared
              FROM (SELECT coalesce(n.affiliate_id, b.affiliate_id) AS affiliate_id, coalesce(n.sales, 0) AS now,
                           coalesce(b.sales, 0) AS before, count(*) OVER () AS compared
                      FROM figures_sales_by_affiliate($1, $2, $3) n
                      FULL JOIN figures_sales_by_affiliate($1, $4, $2) b ON b.affiliate_id = n.affiliate_id
                     WHERE coalesce(n.sales, 0) + coalesce(b.sales, 0) >= %d) m
              JOIN affiliate a ON a.id = m.affiliate_id
             ORDER BY abs(m.now - m.before) / sqrt(m.now + m.before) DESC, m.affiliate_id LIMIT %d
            """
                    .formatted(Significance.FEWEST_EVENTS, MOST);

    @Override
    public String word() {
        return "affiliate_change";
    }

    @Override
    public String explained() {
        return "An affiliate sold more or less than in as many days before, by more than chance explains once in a hundred"
                + " times (Poisson, corrected for as many affiliates as have 20 sales in both periods together;"
                + " periods of 92 days at most).";
    }

    @Override
    public boolean speaksTo(Subject subject) {
        return subject.one().isEmpty();
    }

    @Override
    public Uni<List<Insight>> find(SqlConnection c, Look look) {
        if (look.days().length() > MOST_DAYS) return Uni.createFrom().item(List.of());
        Tuple asked = Tuple.of(
                look.subject().programId(),
                look.days().from(),
                look.days().to(),
                look.days().before().from());
        return c.preparedQuery(CHANGED).execute(asked).map(rows -> {
            List<Insight> found = new ArrayList<>();
            for (Row row : rows) {
                double z = Significance.ofCounts(row.getLong("now"), row.getLong("before"));
                if (Significance.isNotable(z, row.getLong("compared").intValue())) found.add(insight(row, z));
            }
            return found;
        });
    }

    private Insight insight(Row row, double z) {
        return new Insight(
                Insight.Kind.CHANGE,
                word(),
                Insight.Tone.of(z, true),
                "%s: sales %s".formatted(row.getString("name"), Change.of(row.getLong("now"), row.getLong("before"))),
                List.of(
                        Insight.Evidence.name("affiliateId", TypeId.AFFILIATE.format(row.getUUID("affiliate_id"))),
                        Insight.Evidence.count("now", row.getLong("now")),
                        Insight.Evidence.count("before", row.getLong("before")),
                        Insight.Evidence.z(z)),
                Math.abs(z));
    }
}
