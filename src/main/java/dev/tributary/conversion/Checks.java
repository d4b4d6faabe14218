package dev.tributary.conversion;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Asks every {@link ConversionCheck} about what would be accepted; the first refusal counts. */
@ApplicationScoped
class Checks {
    private final List<ConversionCheck> checks;

    Checks(Instance<ConversionCheck> checks) {
        this.checks = checks.stream().toList();
    }

    /** The same drafts in their order, those that a check refused as rejected. */
    Uni<List<Draft>> pass(SqlConnection tx, List<Draft> drafts) {
        List<Claim> claims = drafts.stream()
                .filter(draft -> draft.is(Status.ACCEPTED))
                .map(Draft::claim)
                .toList();
        if (checks.isEmpty() || claims.isEmpty()) return Uni.createFrom().item(drafts);
        return Multi.createFrom()
                .iterable(checks)
                .onItem()
                .transformToUniAndConcatenate(check -> check.check(tx, claims))
                .collect()
                .asList()
                .map(Checks::byConversion)
                .map(refused ->
                        drafts.stream().map(draft -> refused(draft, refused)).toList());
    }

    private static Draft refused(Draft draft, Map<UUID, Reason> refused) {
        Reason why = refused.get(draft.id());
        return why == null ? draft : draft.rejected(why);
    }

    private static Map<UUID, Reason> byConversion(List<List<Refusal>> refusals) {
        Map<UUID, Reason> first = new HashMap<>();
        refusals.forEach(some -> some.forEach(refusal -> first.putIfAbsent(refusal.conversionId(), refusal.reason())));
        return first;
    }
}
