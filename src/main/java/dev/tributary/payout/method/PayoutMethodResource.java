package dev.tributary.payout.method;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.access.RequestDigest;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.payout.rail.Recipients.Details;
import dev.tributary.postgres.Transactions;
import dev.tributary.postgres.Unique;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where the affiliate that asks is paid. */
@Path("/api/affiliate/payout-methods")
@Tag(name = "Payout methods")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class PayoutMethodResource {
    /** An answer comes within three seconds; what the provider says later the job finds out. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final OwnMethods methods;
    private final MethodOpenings openings;
    private final PayoutMethodRepository repository;
    private final RequestDigest digests;
    private final Transactions transactions;
    private final Changes changes;
    private final Caller caller;
    private final Lists lists;

    PayoutMethodResource(
            OwnMethods methods,
            MethodOpenings openings,
            PayoutMethodRepository repository,
            RequestDigest digests,
            Transactions transactions,
            Changes changes,
            Caller caller,
            Lists lists) {
        this.methods = methods;
        this.openings = openings;
        this.repository = repository;
        this.digests = digests;
        this.transactions = transactions;
        this.changes = changes;
        this.caller = caller;
        this.lists = lists;
    }

    @GET
    @Operation(operationId = "listPayoutMethods", summary = "List where you are paid, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return caller.affiliate()
                .chain(me -> lists.json(
                        uri,
                        Set.of(),
                        (before, limit) -> transactions.read(c -> repository.list(c, me, before, limit, false)),
                        PayoutMethod::id,
                        PayoutMethodView::of));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getPayoutMethod", summary = "Read one of your payout methods")
    public Uni<PayoutMethodView> get(@PathParam("id") String id) {
        UUID method = method(id);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> methods.find(c, me, method)))
                .map(PayoutMethodView::of);
    }

    @POST
    @APIResponseSchema(value = PayoutMethodView.class, responseCode = "201")
    @Operation(operationId = "createPayoutMethod", summary = "Say where you want to be paid")
    public Uni<Response> create(@HeaderParam(Idempotency.HEADER) @Nullable String key, PayoutMethodInput body) {
        PayoutMethodInput input = Params.body(body).checked();
        Details details = methods.read(input.knownRail(), input.fields());
        return caller.affiliate()
                .chain(me -> digests.of(input)
                        .chain(digest -> changes.make(key, digest, tx -> methods.add(tx, me, input.knownRail(), details)
                                .map(made ->
                                        Change.created(TypeId.PAYOUT_METHOD, made.id(), PayoutMethodView.of(made))))))
                .onFailure(Unique::violated)
                .transform(twice -> Unique.conflict("Another payout method was added at the same moment"))
                .chain(this::asAsked);
    }

    @POST
    @Path("{id}/confirm")
    @APIResponseSchema(value = PayoutMethodView.class, responseCode = "200")
    @Operation(operationId = "confirmPayoutMethod", summary = "Confirm a changed payout method")
    public Uni<Response> confirm(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ConfirmationInput body) {
        String token = Params.body(body).known();
        UUID method = method(id);
        return caller.affiliate()
                .chain(me -> changes.make(key, body, tx -> methods.confirm(tx, me, method, token)
                        .map(changed -> change("payout_method.confirm", changed))))
                .chain(this::asAsked);
    }

    @POST
    @Path("{id}/onboarding")
    @APIResponseSchema(value = OnboardingView.class, responseCode = "200")
    @Operation(operationId = "onboardPayoutMethod", summary = "A page of the provider where you tell it the rest")
    public Uni<OnboardingView> onboard(@PathParam("id") String id, OnboardingInput body) {
        OnboardingInput.Pages pages = Params.body(body).checked();
        UUID method = method(id);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> methods.find(c, me, method)))
                .chain(found -> openings.onboard(found, pages))
                .map(page -> new OnboardingView(page.url().toString(), page.expiresAt()));
    }

    @DELETE
    @Path("{id}")
    @APIResponse(responseCode = "204", description = "Nothing is sent there any more.")
    @Operation(operationId = "deletePayoutMethod", summary = "Take a payout method out of use")
    public Uni<Response> remove(@HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id) {
        UUID method = method(id);
        return caller.affiliate()
                .chain(me -> changes.make(key, id, tx -> methods.remove(tx, me, method)
                        .map(changed -> Change.deleted(
                                TypeId.PAYOUT_METHOD,
                                method,
                                PayoutMethodView.of(Objects.requireNonNull(changed.before()))))));
    }

    static Change change(String action, OwnMethods.Changed changed) {
        return new Change(
                action,
                TypeId.PAYOUT_METHOD,
                changed.after().id(),
                PayoutMethodView.of(Objects.requireNonNull(changed.before())),
                PayoutMethodView.of(changed.after()));
    }

    /** The provider is told after the commit, and what it says at once is answered; a repeated answer is as it was. */
    private Uni<Response> asAsked(Response answer) {
        if (!(answer.getEntity() instanceof PayoutMethodView view))
            return Uni.createFrom().item(answer);
        return openings.ask(method(view.id()))
                .map(now -> Response.fromResponse(answer)
                        .entity(PayoutMethodView.of(now))
                        .build())
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(answer)
                .onFailure()
                .recoverWithItem(answer);
    }

    private static UUID method(String id) {
        return Params.path(id, TypeId.PAYOUT_METHOD, "Payout method");
    }
}
