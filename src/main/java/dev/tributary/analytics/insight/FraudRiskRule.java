package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.Subject;
import dev.tributary.fraud.FraudScore;
import dev.tributary.id.TypeId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Names the affiliates whose money is held, who are watched, or whose fraud score is high: for staff. */
@ApplicationScoped
class FraudRiskRule implements InsightRule {
    private static final int MOST = 5;
    /** Above every change, because money is at stake. */
    private static final double WEIGHT = 1_000;

    /** The first condition is that of the index. */
    private static final String SUSPECTS =
            """
            SELECT a.id, a.name, a.fraud_status, a.fraud_score, f.reasons
              FROM affiliate a LEFT JOIN fraud_score f ON f.affiliate_id = a.id
             WHERE (a.fraud_status <> 'clear' OR a.fraud_score >= %d)
               AND EXISTS (SELECT FROM enrollment e WHERE e.affiliate_id = a.id AND e.program_id = $1)
             ORDER BY a.fraud_score DESC NULLS LAST, a.id LIMIT %d
            """
                    .formatted(FraudScore.HIGH_FROM, MOST);

    @Override
    public String word() {
        return "fraud_risk";
    }

    @Override
    public String explained() {
        return "An affiliate is watched or held, or has a fraud score of %d or more.".formatted(FraudScore.HIGH_FROM);
    }

    @Override
    public boolean speaksTo(Subject subject) {
        return subject.one().isEmpty();
    }

    @Override
    public Uni<List<Insight>> find(SqlConnection c, Look look) {
        return c.preparedQuery(SUSPECTS)
                .execute(Tuple.of(look.subject().programId()))
                .map(rows -> {
                    List<Insight> found = new ArrayList<>();
                    for (Row row : rows) found.add(insight(row));
                    return found;
                });
    }

    private Insight insight(Row row) {
        Integer score = row.getInteger("fraud_score");
        String[] reasons = row.getArrayOfStrings("reasons");
        List<Insight.Evidence> evidence = new ArrayList<>(List.of(
                Insight.Evidence.name("affiliateId", TypeId.AFFILIATE.format(row.getUUID("id"))),
                Insight.Evidence.name("fraudStatus", row.getString("fraud_status"))));
        if (score != null) evidence.add(new Insight.Evidence("score", score.toString(), "score"));
        if (reasons != null) for (String reason : reasons) evidence.add(Insight.Evidence.name("reason", reason));
        return new Insight(
                Insight.Kind.RISK,
                word(),
                Insight.Tone.BAD,
                "%s: fraud status %s, %s"
                        .formatted(
                                row.getString("name"),
                                row.getString("fraud_status"),
                                score == null ? "not scored" : "score " + score),
                evidence,
                WEIGHT + (score == null ? 0 : score));
    }
}
