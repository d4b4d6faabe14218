package dev.tributary.program;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
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
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The agreements of an account's own programs, to read and to accept. Those of other programs are not found. */
@Path("/api/affiliate/agreements")
@RolesAllowed("affiliate")
@Tag(name = "Agreements")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class AgreementResource {
    private final AgreementRepository repository;
    private final Agreements agreements;
    private final Programs programs;
    private final SignedIn signedIn;
    private final Caller caller;
    private final Transactions transactions;
    private final Changes changes;
    private final Lists lists;
    private final Clock clock;

    AgreementResource(
            AgreementRepository repository,
            Agreements agreements,
            Programs programs,
            SignedIn signedIn,
            Caller caller,
            Transactions transactions,
            Changes changes,
            Lists lists,
            Clock clock) {
        this.repository = repository;
        this.agreements = agreements;
        this.programs = programs;
        this.signedIn = signedIn;
        this.caller = caller;
        this.transactions = transactions;
        this.changes = changes;
        this.lists = lists;
        this.clock = clock;
    }

    /** The tick in the box. */
    @Schema(name = "AcceptanceInput")
    record Input(
            @Schema(required = true, description = "true, where the terms were read and accepted") @Nullable
                    Boolean accepted) {}

    @GET
    @Operation(
            operationId = "listOwnAgreements",
            summary = "List the agreements of the caller's programs: valid, announced or accepted")
    public Uni<Response> list(@Context UriInfo uri) {
        @Nullable UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        return caller.affiliate()
                .chain(affiliate -> lists.json(
                        uri,
                        Set.of("programId"),
                        (before, limit) -> repository.offers(affiliate, clock.instant(), before, limit, program),
                        AgreementOffer::id,
                        AgreementOffer.View::of));
    }

    @GET
    @Path("current")
    @Operation(
            operationId = "getCurrentAgreement",
            summary = "Read the terms that a program asks to accept, before registering too")
    public Uni<AgreementView> current(@Context UriInfo uri) {
        Params.only(uri, Set.of("program"));
        @Nullable String asked = uri.getQueryParameters().getFirst("program");
        if (asked == null) throw Problem.field("program", "required", "program is an id or a slug");
        return transactions.read(c -> programs.named(c, asked)
                .map(found -> found.filter(Program::active).orElseThrow(() -> Problem.notFound("Program")))
                .chain(program -> agreements.current(c, program.id()))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Agreement")))
                .map(agreement -> AgreementView.of(agreement, true)));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getOwnAgreement", summary = "Read one agreement, with its terms")
    public Uni<AgreementOffer.View> get(@PathParam("id") String id) {
        UUID agreement = Params.path(id, TypeId.AGREEMENT, "Agreement");
        return caller.affiliate()
                .chain(affiliate -> transactions.read(c -> find(c, affiliate, agreement)))
                .map(AgreementOffer.View::of);
    }

    @POST
    @Path("{id}/acceptances")
    @APIResponseSchema(value = AgreementOffer.View.class, responseCode = "200")
    @Operation(operationId = "acceptAgreement", summary = "Accept an agreement")
    public Uni<Response> accept(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, Input body) {
        Input input = Params.body(body);
        if (!Boolean.TRUE.equals(input.accepted))
            throw Problem.field("accepted", "required", "accepted is true where the agreement was read and accepted");
        UUID agreement = Params.path(id, TypeId.AGREEMENT, "Agreement");
        Agreement.Acceptance from = signedIn.acceptance();
        return caller.affiliate()
                .chain(affiliate -> changes.make(key, input, tx -> find(tx, affiliate, agreement)
                        .chain(offer -> accept(tx, affiliate, offer, from))));
    }

    private Uni<Change> accept(SqlConnection tx, UUID affiliate, AgreementOffer offer, Agreement.Acceptance from) {
        UUID agreement = offer.agreement().id();
        return programs.enrollment(tx, offer.agreement().programId(), affiliate)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Agreement")))
                .chain(enrollment -> agreements.accept(tx, enrollment, agreement, from))
                .chain(() -> find(tx, affiliate, agreement))
                .map(now -> new Change("agreement.accept", TypeId.AGREEMENT, agreement, told(offer), told(now)));
    }

    /** Without the terms, which every acceptance would otherwise put into the record of changes. */
    private static AgreementOffer.View told(AgreementOffer offer) {
        return AgreementOffer.View.of(offer.withoutTerms());
    }

    private Uni<AgreementOffer> find(SqlConnection c, UUID affiliate, UUID agreement) {
        return repository
                .offer(c, affiliate, clock.instant(), agreement)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Agreement")));
    }
}
