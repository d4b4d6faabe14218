package dev.tributary.conversion.stripe;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Page;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.program.Programs;
import dev.tributary.stripe.StripeEventView;
import dev.tributary.stripe.StripeInbox;
import dev.tributary.stripe.StripeSecrets;
import io.smallrye.mutiny.Multi;
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
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A program's Stripe account as staff see it: the signing secrets of its endpoints, and what became of its events. */
@Path("/api/admin/programs/{programId}")
@Tag(name = "Stripe")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class StripeAdminResource {
    private static final Set<String> FILTERS = Set.of("state");
    private static final List<String> STATES = List.of("done", "ignored", "refused", "waiting");
    private static final Csv<StripeEventView> CSV = new Csv<>(
            List.of("id", "type", "livemode", "createdAt", "receivedAt", "state", "note", "attempts"),
            StripeAdminResource::cells);

    private final StripeSecrets secrets;
    private final StripeInbox inbox;
    private final Programs programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Lists lists;

    StripeAdminResource(
            StripeSecrets secrets,
            StripeInbox inbox,
            Programs programs,
            Transactions transactions,
            Changes changes,
            Lists lists) {
        this.secrets = secrets;
        this.inbox = inbox;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.lists = lists;
    }

    /** A signing secret as Stripe shows it beside the endpoint. */
    @Schema(name = "StripeSecretInput")
    record Input(
            @Schema(examples = "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH", required = true) @Nullable String secret) {
        String checked() {
            if (secret == null || !secret.matches("whsec_[A-Za-z0-9+/=_-]{8,200}"))
                throw Problem.field(
                        "secret", "malformed", "secret is Stripe's signing secret, which begins with whsec_");
            return secret;
        }
    }

    /** What is shown of a secret: never itself. */
    @Schema(name = "StripeSecret")
    record View(
            @Schema(examples = "whs_01h455vb4pex5vsknk084sn02q") String id,
            @Schema(examples = "e8FH", description = "Its last four characters") String hint,
            Instant createdAt) {
        static View of(StripeSecrets.Known known) {
            return new View(TypeId.STRIPE_SECRET.format(known.id()), known.hint(), known.createdAt());
        }
    }

    @GET
    @Path("stripe-secrets")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listStripeSecrets", summary = "List the signing secrets of a program's Stripe endpoints")
    public Uni<Response> list(@PathParam("programId") String programId, @Context UriInfo uri) {
        Params.only(uri, Set.of());
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        return transactions.read(c -> programs.get(c, program)
                .chain(() -> secrets.list(c, program))
                .map(all -> all.stream().map(View::of).toList())
                .map(views -> Response.ok(new Page<>(views, null)).build()));
    }

    @POST
    @Path("stripe-secrets")
    @RolesAllowed("admin")
    @APIResponseSchema(value = View.class, responseCode = "201")
    @Operation(operationId = "addStripeSecret", summary = "Add the signing secret of a Stripe endpoint")
    public Uni<Response> add(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            Input body) {
        Input input = Params.body(body);
        String secret = input.checked();
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        return changes.make(key, input, tx -> programs.get(tx, program)
                .chain(() -> secrets.add(tx, program, secret))
                .map(made -> Change.created(TypeId.STRIPE_SECRET, made.id(), View.of(made))));
    }

    @DELETE
    @Path("stripe-secrets/{id}")
    @RolesAllowed("admin")
    @APIResponse(responseCode = "204", description = "What it signs is refused.")
    @Operation(operationId = "removeStripeSecret", summary = "Remove the signing secret of a Stripe endpoint")
    public Uni<Response> remove(@PathParam("programId") String programId, @PathParam("id") String id) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID secret = Params.path(id, TypeId.STRIPE_SECRET, "Stripe secret");
        return changes.make(null, "", tx -> secrets.remove(tx, program, secret)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Stripe secret")))
                .map(gone -> new Change("stripe_secret.remove", TypeId.STRIPE_SECRET, secret, View.of(gone), null)));
    }

    @GET
    @Path("stripe-events")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listStripeEvents", summary = "List a program's Stripe events and what became of them")
    public Uni<Response> events(@PathParam("programId") String programId, @Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(programId, uri), StripeEventView.Entry::id, StripeEventView.Entry::view);
    }

    @GET
    @Path("stripe-events")
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> exportEvents(@PathParam("programId") String programId, @Context UriInfo uri) {
        return lists.csv(
                uri, FILTERS, source(programId, uri), StripeEventView.Entry::id, CSV.of(StripeEventView.Entry::view));
    }

    private Source<StripeEventView.Entry> source(String programId, UriInfo uri) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        String state = Params.oneOf(uri, "state", STATES);
        return (before, limit) ->
                transactions.read(c -> programs.get(c, program)).chain(() -> inbox.list(program, before, limit, state));
    }

    private static List<String> cells(StripeEventView e) {
        return List.of(
                e.id(),
                e.type(),
                Boolean.toString(e.livemode()),
                e.createdAt().toString(),
                e.receivedAt().toString(),
                e.state().word(),
                e.note(),
                Integer.toString(e.attempts()));
    }
}
