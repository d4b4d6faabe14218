package dev.tributary.payout.method;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where an affiliate is paid, for staff: never the destination itself. */
@Path("/api/admin/affiliates/{id}/payout-methods")
@Tag(name = "Payout methods")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class PayoutMethodAdminResource {
    private final PayoutMethodRepository repository;
    private final OwnMethods methods;
    private final MethodOpenings openings;
    private final Transactions transactions;
    private final Changes changes;
    private final Lists lists;

    PayoutMethodAdminResource(
            PayoutMethodRepository repository,
            OwnMethods methods,
            MethodOpenings openings,
            Transactions transactions,
            Changes changes,
            Lists lists) {
        this.repository = repository;
        this.methods = methods;
        this.openings = openings;
        this.transactions = transactions;
        this.changes = changes;
        this.lists = lists;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listAffiliatePayoutMethods", summary = "List an affiliate's payout methods, newest first")
    public Uni<Response> list(@PathParam("id") String id, @Context UriInfo uri) {
        UUID affiliate = affiliate(id);
        return lists.json(
                uri,
                Set.of(),
                (before, limit) -> transactions.read(
                        c -> repository.list(c, affiliate, before, limit, true).chain(found -> repository
                                .others(c, found.stream().map(PayoutMethod::id).toList())
                                .map(others -> found.stream()
                                        .map(m -> new Seen(m, others.getOrDefault(m.id(), 0L)))
                                        .toList()))),
                seen -> seen.method.id(),
                seen -> StaffMethodView.of(seen.method, seen.others));
    }

    private record Seen(PayoutMethod method, long others) {}

    @POST
    @Path("{methodId}/confirm")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = StaffMethodView.class, responseCode = "200")
    @Operation(operationId = "vouchForPayoutMethod", summary = "Confirm a changed payout method for its owner")
    public Uni<Response> confirm(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("id") String id,
            @PathParam("methodId") String methodId,
            ReasonInput body) {
        UUID affiliate = affiliate(id);
        UUID method = method(methodId);
        return decide(key, body, "payout_method.confirm", tx -> methods.vouch(tx, affiliate, method))
                .call(() -> openings.ask(method).onFailure().recoverWithNull());
    }

    @POST
    @Path("{methodId}/block")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = StaffMethodView.class, responseCode = "200")
    @Operation(operationId = "blockPayoutMethod", summary = "Stop payments to a payout method")
    public Uni<Response> block(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("id") String id,
            @PathParam("methodId") String methodId,
            ReasonInput body) {
        String reason = Params.body(body).known();
        UUID affiliate = affiliate(id);
        UUID method = method(methodId);
        return decide(key, body, "payout_method.block", tx -> methods.block(tx, affiliate, method, reason));
    }

    @POST
    @Path("{methodId}/unblock")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = StaffMethodView.class, responseCode = "200")
    @Operation(operationId = "unblockPayoutMethod", summary = "Let payments to a payout method go again")
    public Uni<Response> unblock(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("id") String id,
            @PathParam("methodId") String methodId,
            ReasonInput body) {
        UUID affiliate = affiliate(id);
        UUID method = method(methodId);
        return decide(key, body, "payout_method.unblock", tx -> methods.block(tx, affiliate, method, null));
    }

    private Uni<Response> decide(
            @Nullable String key,
            ReasonInput body,
            String action,
            Function<SqlConnection, Uni<OwnMethods.Changed>> work) {
        String reason = Params.body(body).known();
        return changes.make(key, body, tx -> work.apply(tx).chain(changed -> repository
                .others(tx, List.of(changed.after().id()))
                .map(others -> change(action, changed, reason, others))));
    }

    private static Change change(String action, OwnMethods.Changed changed, String reason, Map<UUID, Long> others) {
        long twins = others.getOrDefault(changed.after().id(), 0L);
        return new Change(
                action,
                TypeId.PAYOUT_METHOD,
                changed.after().id(),
                before(Objects.requireNonNull(changed.before()), reason),
                StaffMethodView.of(changed.after(), twins));
    }

    /** What the decision was about, and why it was taken: the record of it is nowhere else. */
    private static Map<String, Object> before(PayoutMethod old, String reason) {
        return Map.of("state", old.state().word(), "blocked", old.isBlocked(), "reason", reason);
    }

    private static UUID affiliate(String id) {
        return Params.path(id, TypeId.AFFILIATE, "Affiliate");
    }

    private static UUID method(String id) {
        return Params.path(id, TypeId.PAYOUT_METHOD, "Payout method");
    }
}
