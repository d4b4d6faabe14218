package dev.tributary.promo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.access.KeyOwner;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What merchants' servers do with discount codes at checkout. The program is the key's. */
@Path("/api/discount-codes")
@Tag(name = "Discount codes")
@RolesAllowed("promo:apply")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class RedemptionResource {
    private static final String PATH = "/api/discount-codes/redemptions/";

    private final Checkout checkout;
    private final CodeTurns turns;
    private final Idempotency idempotency;
    private final Transactions transactions;
    private final Caller caller;
    private final ObjectMapper mapper;

    RedemptionResource(
            Checkout checkout,
            CodeTurns turns,
            Idempotency idempotency,
            Transactions transactions,
            Caller caller,
            ObjectMapper mapper) {
        this.checkout = checkout;
        this.turns = turns;
        this.idempotency = idempotency;
        this.transactions = transactions;
        this.caller = caller;
        this.mapper = mapper;
    }

    @POST
    @Path("apply")
    @APIResponseSchema(value = RedemptionView.class, responseCode = "201")
    @Operation(operationId = "applyDiscountCodes", summary = "Apply codes to an order and reserve their uses")
    public Uni<Response> apply(@HeaderParam(Idempotency.HEADER) @Nullable String key, @Nullable ApplyInput body) {
        ApplyInput input = Params.body(body);
        UUID program = program();
        Uni<Response> made = turns.inTurn(
                hottest(input),
                () -> once(key, input, tx -> checkout.apply(tx, program, input)
                        .map(view -> Response.created(URI.create(PATH + view.id()))
                                .entity(view)
                                .build())));
        ApplyInput.Session wanted = input.checkoutSession();
        if (wanted == null) return made;
        // The session is no part of the transaction; asked for again by the same key, it is the same.
        return made.chain(response -> checkout.open(program, view(response), wanted)
                .map(view -> Response.fromResponse(response).entity(view).build()));
    }

    /** The code whose row is waited for: the one, or of several the first. Codes are one a text in the whole installation. */
    private static String hottest(ApplyInput input) {
        List<@Nullable String> codes = input.codes();
        String first = codes == null || codes.isEmpty() ? null : codes.get(0);
        return first == null || first.length() > Applying.MOST_CHARACTERS ? "" : DiscountCodeText.key(first);
    }

    /** The answer given now, or the one that was kept. */
    private RedemptionView view(Response response) {
        if (response.getEntity() instanceof RedemptionView fresh) return fresh;
        try {
            return mapper.readValue(String.valueOf(response.getEntity()), RedemptionView.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A kept answer cannot be read", e);
        }
    }

    @GET
    @Path("redemptions/{id}")
    @Operation(operationId = "getRedemption", summary = "Read one redemption")
    public Uni<RedemptionView> get(@PathParam("id") String id) {
        UUID program = program();
        UUID redemption = redemption(id);
        return transactions.read(c -> checkout.show(c, program, redemption));
    }

    @POST
    @Path("redemptions/{id}/confirm")
    @APIResponseSchema(value = RedemptionView.class, responseCode = "200")
    @Operation(operationId = "confirmRedemption", summary = "Tell that the order was paid")
    public Uni<Response> confirm(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("id") String id,
            @Nullable ConfirmInput body) {
        ConfirmInput input = Params.body(body);
        UUID program = program();
        UUID redemption = redemption(id);
        return once(key, input, tx -> checkout.confirm(tx, program, redemption, input)
                .map(view -> Response.ok(view).build()));
    }

    @POST
    @Path("redemptions/{id}/release")
    @Consumes(MediaType.WILDCARD)
    @APIResponseSchema(value = RedemptionView.class, responseCode = "200")
    @Operation(operationId = "releaseRedemption", summary = "Give a reservation back")
    public Uni<Response> release(@HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id) {
        UUID program = program();
        UUID redemption = redemption(id);
        return once(key, "", tx -> checkout.release(tx, program, redemption)
                .map(view -> Response.ok(view).build()));
    }

    private Uni<Response> once(
            @Nullable String key,
            Object request,
            java.util.function.Function<io.vertx.mutiny.sqlclient.SqlConnection, Uni<Response>> work) {
        return idempotency.run(key, caller.method() + " " + caller.path(), request, work);
    }

    private static UUID redemption(String id) {
        return Params.path(id, TypeId.REDEMPTION, "Redemption");
    }

    private UUID program() {
        return caller.keyOwner(KeyOwner.PROGRAM)
                .orElseThrow(() -> new Problem(ProblemKind.FORBIDDEN, "This needs a merchant's API key"));
    }
}
