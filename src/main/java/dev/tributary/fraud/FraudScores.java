package dev.tributary.fraud;

import dev.tributary.affiliate.Affiliates;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The scores of affiliates, as last looked at: the table {@code fraud_score}. */
@ApplicationScoped
public class FraudScores {
    /** A run of payouts asks in chunks of this size. */
    public static final int MOST_AT_ONCE = 1_000;

    private static final String FIND =
            """
            SELECT affiliate_id, score, reasons, scored_at FROM fraud_score WHERE affiliate_id = ANY ($1::uuid[])
            """;
    /** What was found out earlier never replaces what was found out later. */
    private static final String NOTE =
            """
            INSERT INTO fraud_score AS f (affiliate_id, score, reasons, scored_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (affiliate_id) DO UPDATE SET score = $2, reasons = $3, scored_at = $4
             WHERE f.scored_at <= $4
            """;

    private final Affiliates affiliates;

    FraudScores(Affiliates affiliates) {
        this.affiliates = affiliates;
    }

    /** One for each that is asked for, {@link FraudScore#UNSCORED} where nobody looked. */
    public Uni<Map<UUID, FraudScore>> of(SqlConnection c, Collection<UUID> affiliates) {
        if (affiliates.size() > MOST_AT_ONCE)
            throw new IllegalArgumentException("At most " + MOST_AT_ONCE + " scores are read at once");
        return c.preparedQuery(FIND)
                .execute(Tuple.of(affiliates.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, FraudScore> scores = new HashMap<>();
                    affiliates.forEach(id -> scores.put(id, FraudScore.UNSCORED));
                    for (Row row : rows) scores.put(row.getUUID("affiliate_id"), scored(row));
                    return scores;
                });
    }

    /** The score of one. */
    public Uni<FraudScore> of(SqlConnection c, UUID affiliate) {
        return of(c, List.of(affiliate)).map(scores -> scores.getOrDefault(affiliate, FraudScore.UNSCORED));
    }

    /** Notes what was found out; answers whether it is the latest. */
    public Uni<Boolean> note(SqlConnection tx, UUID affiliate, FraudScore.Scored scored) {
        Tuple row = Tuple.of(
                affiliate,
                scored.score(),
                scored.reasons().toArray(String[]::new),
                scored.scoredAt().atOffset(ZoneOffset.UTC));
        return tx.preparedQuery(NOTE)
                .execute(row)
                .map(rows -> rows.rowCount() == 1)
                .call(latest -> latest
                        ? affiliates.score(tx, affiliate, scored.score())
                        : Uni.createFrom().voidItem());
    }

    private static FraudScore scored(Row row) {
        return new FraudScore.Scored(
                row.getInteger("score"),
                List.of(row.getArrayOfStrings("reasons")),
                row.getOffsetDateTime("scored_at").toInstant());
    }
}
