package dev.tributary.affiliate;

import static java.util.Objects.requireNonNull;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Lets affiliates promote and stops them. The audit entries are written by {@link Affiliates#become}. */
@Path("/api/admin/affiliates")
@Tag(name = "Affiliates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class StatusAdminResource {
    private final Affiliates affiliates;
    private final Idempotency idempotency;
    private final Caller caller;

    StatusAdminResource(Affiliates affiliates, Idempotency idempotency, Caller caller) {
        this.affiliates = affiliates;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @Path("{id}/status")
    @RolesAllowed("admin")
    @APIResponseSchema(value = AffiliateView.class, responseCode = "200")
    @Operation(operationId = "changeAffiliateStatus", summary = "Change an affiliate's status")
    public Uni<Response> change(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, StatusInput body) {
        StatusInput input = Params.body(body).checked();
        UUID affiliate = Params.path(id, TypeId.AFFILIATE, "Affiliate");
        return once(key, input, tx -> affiliates
                .lock(tx, affiliate)
                .chain(old ->
                        affiliates.become(tx, old, requireNonNull(input.status()), requireNonNull(input.reason())))
                .map(AffiliateView::of));
    }

    @POST
    @Path("status")
    @RolesAllowed("admin")
    @APIResponseSchema(value = StatusOutcomes.class, responseCode = "200")
    @Operation(operationId = "changeAffiliateStatuses", summary = "Change the status of several affiliates")
    public Uni<Response> changeAll(@HeaderParam(Idempotency.HEADER) @Nullable String key, BulkStatusInput body) {
        BulkStatusInput input = Params.body(body);
        List<UUID> asked = input.affiliates();
        return once(key, input, tx -> all(tx, asked, input).map(StatusOutcomes::new));
    }

    /** Locks in the order of ids, so that two of these never wait for each other in a circle. */
    private Uni<List<StatusOutcome>> all(SqlConnection tx, List<UUID> asked, BulkStatusInput input) {
        return Multi.createFrom()
                .iterable(asked.stream().sorted().toList())
                .onItem()
                .transformToUniAndConcatenate(id -> one(tx, id, input))
                .collect()
                .asList()
                .map(done -> done.stream().collect(Collectors.toMap(StatusOutcome::id, Function.identity())))
                .map(byId -> asked.stream()
                        .map(id -> byId.get(TypeId.AFFILIATE.format(id)))
                        .toList());
    }

    /** What is refused is refused before it writes, so the others' transaction goes on. */
    private Uni<StatusOutcome> one(SqlConnection tx, UUID id, BulkStatusInput input) {
        return affiliates
                .lock(tx, id)
                .chain(old -> affiliates
                        .become(tx, old, requireNonNull(input.status()), requireNonNull(input.reason()))
                        .map(changed -> StatusOutcome.of(old, changed)))
                .onFailure(Problem.class)
                .recoverWithItem(refused -> StatusOutcome.refused(id, (Problem) refused));
    }

    private Uni<Response> once(@Nullable String key, Object input, Function<SqlConnection, Uni<?>> work) {
        return idempotency.run(key, caller.method() + " " + caller.path(), input, tx -> work.apply(tx)
                .map(answer -> Response.ok(answer).build()));
    }
}
