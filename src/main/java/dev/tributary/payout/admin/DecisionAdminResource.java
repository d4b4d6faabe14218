package dev.tributary.payout.admin;

import dev.tributary.access.Idempotency;
import dev.tributary.page.Params;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What staff decide about payouts. */
@Path("/api/admin/payouts")
@Tag(name = "Payouts")
@RolesAllowed({"admin", "finance"})
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class DecisionAdminResource {
    private final Decisions decisions;
    private final RunStarts starts;

    DecisionAdminResource(Decisions decisions, RunStarts starts) {
        this.decisions = decisions;
        this.starts = starts;
    }

    @POST
    @Path("process")
    @APIResponseSchema(value = RunView.class, responseCode = "202")
    @Operation(operationId = "processPayouts", summary = "Start a run that pays a program's affiliates, or rehearse it")
    public Uni<Response> process(@HeaderParam(Idempotency.HEADER) @Nullable String key, RunInput body) {
        RunInput input = Params.body(body);
        UUID program = input.program();
        return input.isDry() ? starts.rehearse(program) : starts.start(key, input, program);
    }

    @POST
    @Path("approve")
    @APIResponseSchema(value = OutcomesView.class, responseCode = "200")
    @Operation(operationId = "approvePayouts", summary = "Approve up to 1,000 payouts, with an outcome for each")
    public Uni<Response> approveAll(@HeaderParam(Idempotency.HEADER) @Nullable String key, BulkInput body) {
        return decisions.approveAll(key, Params.body(body).checked());
    }

    @POST
    @Path("{id}/approve")
    @APIResponseSchema(value = PayoutView.class, responseCode = "200")
    @Operation(operationId = "approvePayout", summary = "Approve a payout")
    public Uni<Response> approve(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ReasonInput body) {
        ReasonInput input = Params.body(body);
        String reason = input.orEmpty();
        return decisions.approve(key, input, PayoutAdminResource.payout(id), reason);
    }

    @POST
    @Path("{id}/hold")
    @APIResponseSchema(value = PayoutView.class, responseCode = "200")
    @Operation(operationId = "holdPayout", summary = "Keep a payout back until staff let it go")
    public Uni<Response> hold(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ReasonInput body) {
        ReasonInput input = Params.body(body);
        String reason = input.given();
        return decisions.decide(key, input, PayoutAdminResource.payout(id), new Verb.Hold(reason), reason);
    }

    @POST
    @Path("{id}/let-go")
    @APIResponseSchema(value = PayoutView.class, responseCode = "200")
    @Operation(operationId = "letPayoutGo", summary = "End the hold of a payout")
    public Uni<Response> letGo(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ReasonInput body) {
        ReasonInput input = Params.body(body);
        String reason = input.orEmpty();
        return decisions.decide(key, input, PayoutAdminResource.payout(id), new Verb.LetGo(), reason);
    }

    @POST
    @Path("{id}/cancel")
    @APIResponseSchema(value = PayoutView.class, responseCode = "200")
    @Operation(operationId = "cancelPayout", summary = "Stop a payout for good before it is sent")
    public Uni<Response> cancel(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ReasonInput body) {
        ReasonInput input = Params.body(body);
        String reason = input.given();
        return decisions.decide(key, input, PayoutAdminResource.payout(id), new Verb.Cancel(reason), reason);
    }

    @POST
    @Path("{id}/settle")
    @APIResponseSchema(value = PayoutView.class, responseCode = "200")
    @Operation(operationId = "settlePayout", summary = "Say that a payout in doubt has left")
    public Uni<Response> settle(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, SettleInput body) {
        SettleInput input = Params.body(body).checked();
        return decisions.decide(key, input, PayoutAdminResource.payout(id), new Verb.Settle(input.id()), input.why());
    }

    @POST
    @Path("{id}/fail")
    @APIResponseSchema(value = PayoutView.class, responseCode = "200")
    @Operation(operationId = "failPayout", summary = "Give up a payout that surely has not left")
    public Uni<Response> fail(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ReasonInput body) {
        ReasonInput input = Params.body(body);
        String reason = input.given();
        return decisions.decide(key, input, PayoutAdminResource.payout(id), new Verb.Fail(reason), reason);
    }

    @POST
    @Path("{id}/send-again")
    @APIResponseSchema(value = PayoutView.class, responseCode = "200")
    @Operation(operationId = "sendPayoutAgain", summary = "Send a payout again that surely has not left")
    public Uni<Response> sendAgain(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ReasonInput body) {
        ReasonInput input = Params.body(body);
        String reason = input.orEmpty();
        return decisions.decide(key, input, PayoutAdminResource.payout(id), new Verb.SendAgain(), reason);
    }
}
