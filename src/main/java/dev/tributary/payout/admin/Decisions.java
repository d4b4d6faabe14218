package dev.tributary.payout.admin;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.payout.Payouts;
import dev.tributary.payout.TransferTaken;
import dev.tributary.payout.rail.Rails;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what staff decide about payouts, once for each {@code Idempotency-Key}. History and audit entry of each are
 * written with it.
 */
@ApplicationScoped
class Decisions {
    private final Payouts payouts;
    private final Rails rails;
    private final Approvals approvals;
    private final PayoutQueries queries;
    private final Idempotency idempotency;
    private final Caller caller;
    private final ApprovalConfig config;
    private final Clock clock;

    Decisions(
            Payouts payouts,
            Rails rails,
            Approvals approvals,
            PayoutQueries queries,
            Idempotency idempotency,
            Caller caller,
            ApprovalConfig config,
            Clock clock) {
        this.payouts = payouts;
        this.rails = rails;
        this.approvals = approvals;
        this.queries = queries;
        this.idempotency = idempotency;
        this.caller = caller;
        this.config = config;
        this.clock = clock;
    }

    /** Answers with the payout as it is then; 404 and 409 as they are. */
    Uni<Response> decide(@Nullable String key, Object request, UUID id, Verb verb, String why) {
        return once(key, request, tx -> payouts.change(
                        tx,
                        id,
                        caller.id(),
                        why,
                        (payout, now) -> verb.on(
                                payout.payout(), rails.get(payout.rail()).traits(), now))
                .onFailure(TransferTaken.class)
                .transform(taken -> new Problem(ProblemKind.CONFLICT, taken.getMessage()))
                .chain(() -> shown(tx, id)));
    }

    /** The same of one that is approved, or waits for others. */
    Uni<Response> approve(@Nullable String key, Object request, UUID id, String why) {
        return once(key, request, tx -> approvals
                .approve(tx, List.of(id), why, now())
                .invoke(result -> {
                    Problem refused = result.refused().get(id);
                    if (refused != null) throw refused;
                })
                .chain(() -> shown(tx, id)));
    }

    private Uni<Response> shown(SqlConnection tx, UUID id) {
        return queries.find(tx, id)
                .map(found -> Response.ok(found.orElseThrow()).build());
    }

    /** Many; what is refused keeps none of the others back. */
    Uni<Response> approveAll(@Nullable String key, BulkInput input) {
        return once(key, input, tx -> meant(tx, input).chain(asked -> {
            boolean more = asked.size() > BulkInput.MOST;
            List<UUID> ids = asked.subList(0, Math.min(BulkInput.MOST, asked.size()));
            return approvals
                    .approve(tx, ids, input.why(), now())
                    .map(result -> new OutcomesView(
                            ids.stream().map(id -> outcome(id, result)).toList(), more))
                    .map(view -> Response.ok(view).build());
        }));
    }

    private Uni<List<UUID>> meant(SqlConnection tx, BulkInput input) {
        return input.filter() == null
                ? Uni.createFrom().item(input.named())
                : queries.waiting(tx, BulkInput.MOST + 1, input.filter().read(), caller.id(), config.own());
    }

    private static OutcomesView.Outcome outcome(UUID id, Approvals.Result result) {
        Problem refused = result.refused().get(id);
        return refused == null
                ? OutcomesView.Outcome.done(id, result.approved().contains(id))
                : OutcomesView.Outcome.refused(id, refused);
    }

    private Uni<Response> once(@Nullable String key, Object request, Function<SqlConnection, Uni<Response>> work) {
        return idempotency.run(key, caller.method() + " " + caller.path(), request, work);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
