package dev.tributary.analytics;

import dev.tributary.analytics.figure.Reader;
import dev.tributary.conversion.attribution.Attributions;
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
import java.util.Optional;
import java.util.UUID;

/** Sums what conversions' decisions keep of every model. */
@ApplicationScoped
class AttributionReportQueries {
    /**
     * Where no alternatives are kept all models agree, so the decision itself counts for each. Sums of amount times weight
     * are numeric: a long could overflow. What a model moves is what it takes away from those who have it by the program's own
     * model; as all models share out the same, it gives as much to others. Without a conversion there is one row a model, which
     * tells the program and the time.
     */
    private static final String REPORT =
            """
            WITH asked AS (
                SELECT id, currency, time_zone, attribution_model,
                       coalesce($2, $3::date::timestamp AT TIME ZONE time_zone, stop - interval '30 days') AS start, stop
                  FROM program, coalesce($4, $5::date::timestamp AT TIME ZONE time_zone, now()) AS stop
                 WHERE id = $1),
            sold AS (
                SELECT v.id, v.decision, v.amount_minor - v.refunded_minor AS net
                  FROM conversion v, asked
                 WHERE v.program_id = asked.id AND v.occurred_at >= asked.start AND v.occurred_at < asked.stop
                   AND v.status IN ('accepted', 'refunded') AND v.decision > 0),
            sums AS (
                SELECT affiliate_id, model, sum(weight_bps) AS credit, sum(weight_bps::numeric * net) AS revenue
                  FROM (SELECT t.affiliate_id, t.model, t.weight_bps, s.net
                          FROM sold s JOIN attribution_alternative t ON t.conversion_id = s.id AND t.decision = s.decision
                        UNION ALL
                        SELECT a.affiliate_id, NULL, a.weight_bps, s.net
                          FROM sold s JOIN attribution a ON a.conversion_id = s.id AND a.decision = s.decision
                         WHERE NOT EXISTS (SELECT FROM attribution_alternative t
                                            WHERE t.conversion_id = s.id AND t.decision = s.decision)) AS each_one
                 GROUP BY 1, 2),
            ranked AS (
                SELECT affiliate_id, row_number() OVER (
                           ORDER BY sum(revenue * times) DESC, sum(credit * times) DESC, affiliate_id) AS place
                  FROM sums, LATERAL (SELECT CASE WHEN model IS NULL THEN cardinality($6::text[]) ELSE 1 END) AS n (times)
                 GROUP BY 1 ORDER BY 2 LIMIT $7),
            totals AS (
                SELECT m.model, m.position, count(DISTINCT s.affiliate_id) AS affiliates, coalesce(sum(s.credit), 0)::bigint AS all_credit,
                       round(coalesce(sum(s.revenue), 0) / 10000)::bigint AS all_revenue
                  FROM unnest($6::text[]) WITH ORDINALITY AS m (model, position)
                  LEFT JOIN sums s ON s.model IS NULL OR s.model = m.model
                 GROUP BY 1, 2),
            moved AS (
                SELECT t.model, round(sum(greatest(o.revenue - coalesce(s.revenue, 0), 0)) / 10000)::bigint AS moved
                  FROM totals t
                  JOIN (SELECT affiliate_id, revenue FROM sums, asked WHERE model = attribution_model) o ON true
                  LEFT JOIN sums s ON s.model = t.model AND s.affiliate_id = o.affiliate_id
                 GROUP BY 1)
            SELECT asked.*, f.id AS affiliate_id, f.name, t.model, t.affiliates, t.all_credit, t.all_revenue,
                   coalesce(v.moved, 0) AS moved, coalesce(sum(s.credit), 0)::bigint AS credit,
                   round(coalesce(sum(s.revenue), 0) / 10000)::bigint AS revenue
              FROM asked CROSS JOIN totals t
              LEFT JOIN moved v ON v.model = t.model
              LEFT JOIN (ranked r JOIN affiliate f ON f.id = r.affiliate_id) ON true
              LEFT JOIN sums s ON s.affiliate_id = f.id AND (s.model IS NULL OR s.model = t.model)
             GROUP BY asked.id, asked.currency, asked.time_zone, asked.attribution_model, asked.start, asked.stop,
                      f.id, f.name, r.place, t.model, t.position, t.affiliates, t.all_credit, t.all_revenue, v.moved
             ORDER BY r.place, t.position
            """;

    private final Reader reader;
    private final Attributions attributions;
    private final Clock clock;

    AttributionReportQueries(Reader reader, Attributions attributions, Clock clock) {
        this.reader = reader;
        this.attributions = attributions;
        this.clock = clock;
    }

    /** Empty where there is no such program. */
    Uni<Optional<AttributionReport>> ask(UUID program, Period period, int limit) {
        Tuple asked = period.addTo(Tuple.of(program))
                .addArrayOfString(attributions.models().toArray(String[]::new))
                .addInteger(limit + 1);
        return reader.readKept(REPORT, asked)
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(report(rows, limit)));
    }

    private AttributionReport report(RowSet<Row> rows, int limit) {
        Row first = rows.iterator().next();
        List<AttributionReport.Line> lines = new ArrayList<>();
        List<AttributionReport.Share> shares = new ArrayList<>();
        List<AttributionReport.Total> totals = new ArrayList<>();
        for (Row row : rows) {
            if (totals.size() < attributions.models().size()) totals.add(total(row));
            if (row.getUUID("affiliate_id") == null) continue;
            shares.add(new AttributionReport.Share(
                    row.getString("model"),
                    row.getLong("credit"),
                    new Money(row.getLong("revenue"), row.getString("currency"))));
            if (shares.size() < attributions.models().size()) continue;
            lines.add(new AttributionReport.Line(
                    TypeId.AFFILIATE.format(row.getUUID("affiliate_id")), row.getString("name"), shares));
            shares.clear();
        }
        return new AttributionReport(
                TypeId.PROGRAM.format(first.getUUID("id")),
                first.getOffsetDateTime("start").toInstant(),
                first.getOffsetDateTime("stop").toInstant(),
                first.getString("time_zone"),
                first.getString("attribution_model"),
                totals,
                lines.subList(0, Math.min(limit, lines.size())),
                lines.size() > limit,
                clock.instant());
    }

    private static AttributionReport.Total total(Row row) {
        String currency = row.getString("currency");
        long revenue = row.getLong("all_revenue");
        long moved = row.getLong("moved");
        return new AttributionReport.Total(
                row.getString("model"),
                row.getString("model").equals(row.getString("attribution_model")),
                row.getLong("affiliates"),
                row.getLong("all_credit"),
                new Money(revenue, currency),
                new Money(moved, currency),
                Statistics.rate(moved, revenue));
    }
}
