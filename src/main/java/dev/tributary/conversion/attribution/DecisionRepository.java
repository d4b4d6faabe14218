package dev.tributary.conversion.attribution;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The tables {@code attribution_decision}, {@code attribution} and {@code attribution_alternative}: added to, never edited. */
@ApplicationScoped
class DecisionRepository {
    private static final String INSERT_DECISIONS =
            """
            INSERT INTO attribution_decision (conversion_id, number, basis, reason, model, version, window_days,
                   click_missing, candidates, decided_at)
            SELECT *, $10::timestamptz FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::text[],
                   $6::integer[], $7::integer[], $8::boolean[], $9::jsonb[])
            """;
    private static final String INSERT_WINNERS =
            """
            INSERT INTO attribution (conversion_id, decision, enrollment_id, affiliate_id, click_id, link_id, src,
                   weight_bps, basis)
            SELECT * FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[],
                   $8::integer[], $9::text[])
            """;
    private static final String INSERT_ALTERNATIVES =
            """
            INSERT INTO attribution_alternative (conversion_id, decision, model, affiliate_id, weight_bps)
            SELECT * FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::uuid[], $5::integer[])
            """;

    /** One winner of one decision. */
    private record Won(Decision decision, Winner winner) {}

    /** What a model would have given to an affiliate. */
    record Alternative(UUID conversionId, int decision, String model, UUID affiliateId, int weightBps) {}

    /** Writes a batch with three statements at most, all sent before the first is answered. */
    Uni<Void> insert(SqlConnection tx, List<Decision> decisions, List<Alternative> alternatives, Instant now) {
        List<Won> won = decisions.stream()
                .flatMap(decision -> decision.winners().stream().map(winner -> new Won(decision, winner)))
                .toList();
        Uni<?> decided = tx.preparedQuery(INSERT_DECISIONS).execute(decisionRows(decisions, now));
        Uni<?> winners = won.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(INSERT_WINNERS).execute(winnerRows(won));
        Uni<?> others = alternatives.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(INSERT_ALTERNATIVES).execute(alternativeRows(alternatives));
        return Uni.combine().all().unis(decided, winners, others).discardItems();
    }

    private static Tuple decisionRows(List<Decision> decisions, Instant now) {
        return Tuple.tuple()
                .addArrayOfUUID(decisions.stream().map(Decision::conversionId).toArray(UUID[]::new))
                .addArrayOfInteger(decisions.stream().map(Decision::number).toArray(Integer[]::new))
                .addArrayOfString(decisions.stream().map(d -> d.basis().word()).toArray(String[]::new))
                .addArrayOfString(decisions.stream()
                        .map(d -> d.reason() == null ? null : d.reason().word())
                        .toArray(String[]::new))
                .addArrayOfString(decisions.stream().map(Decision::model).toArray(String[]::new))
                .addArrayOfInteger(decisions.stream().map(Decision::version).toArray(Integer[]::new))
                .addArrayOfInteger(decisions.stream().map(Decision::windowDays).toArray(Integer[]::new))
                .addArrayOfBoolean(
                        decisions.stream().map(Decision::clickMissing).toArray(Boolean[]::new))
                .addValue(decisions.stream()
                        .map(d -> Candidates.write(d.candidates()))
                        .toArray(JsonArray[]::new))
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC));
    }

    private static Tuple winnerRows(List<Won> won) {
        return Tuple.tuple()
                .addArrayOfUUID(won.stream().map(w -> w.decision.conversionId()).toArray(UUID[]::new))
                .addArrayOfInteger(won.stream().map(w -> w.decision.number()).toArray(Integer[]::new))
                .addArrayOfUUID(won.stream().map(w -> w.winner.enrollmentId()).toArray(UUID[]::new))
                .addArrayOfUUID(won.stream().map(w -> w.winner.affiliateId()).toArray(UUID[]::new))
                .addArrayOfUUID(won.stream().map(w -> w.winner.clickId()).toArray(UUID[]::new))
                .addArrayOfUUID(won.stream().map(w -> w.winner.linkId()).toArray(UUID[]::new))
                .addArrayOfString(won.stream().map(w -> w.winner.src()).toArray(String[]::new))
                .addArrayOfInteger(won.stream().map(w -> w.winner.weightBps()).toArray(Integer[]::new))
                .addArrayOfString(
                        won.stream().map(w -> w.decision.basis().word()).toArray(String[]::new));
    }

    private static Tuple alternativeRows(List<Alternative> others) {
        return Tuple.tuple()
                .addArrayOfUUID(others.stream().map(Alternative::conversionId).toArray(UUID[]::new))
                .addArrayOfInteger(others.stream().map(Alternative::decision).toArray(Integer[]::new))
                .addArrayOfString(others.stream().map(Alternative::model).toArray(String[]::new))
                .addArrayOfUUID(others.stream().map(Alternative::affiliateId).toArray(UUID[]::new))
                .addArrayOfInteger(others.stream().map(Alternative::weightBps).toArray(Integer[]::new));
    }
}
