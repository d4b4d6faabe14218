package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.Subject;
import dev.tributary.money.Written;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells how much is held until somebody has looked: to staff of the program, to affiliates their own. */
@ApplicationScoped
class HeldMoneyRule implements InsightRule {
    private static final double WEIGHT = 900;

    private static final String HELD =
            """
            SELECT count(*) AS count, coalesce(sum(amount_minor) FILTER (WHERE currency = $3), 0)::bigint AS sum
              FROM commission
             WHERE program_id = $1 AND ($2::uuid IS NULL OR affiliate_id = $2) AND status = 'held'
            """;

    @Override
    public String word() {
        return "held_money";
    }

    @Override
    public String explained() {
        return "Commissions are held until somebody has looked at them.";
    }

    @Override
    public boolean speaksTo(Subject subject) {
        return true;
    }

    @Override
    public Uni<List<Insight>> find(SqlConnection c, Look look) {
        String currency = look.subject().currency();
        Tuple asked = Tuple.of(look.subject().programId(), look.subject().affiliateId(), currency);
        return c.preparedQuery(HELD).execute(asked).map(rows -> {
            Row row = rows.iterator().next();
            long count = row.getLong("count");
            return count == 0 ? List.of() : List.of(insight(count, row.getLong("sum"), currency));
        });
    }

    private Insight insight(long count, long sum, String currency) {
        return new Insight(
                Insight.Kind.RISK,
                word(),
                Insight.Tone.BAD,
                "Held until somebody has looked: %d commissions of %s %s"
                        .formatted(count, Written.of(sum, currency), currency),
                List.of(Insight.Evidence.count("commissions", count), Insight.Evidence.minor("amount", sum)),
                WEIGHT);
    }
}
