package dev.tributary.program;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
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
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The versions of a program's agreement and who accepted them, for staff. */
@Path("/api/admin/programs/{programId}/agreements")
@Tag(name = "Agreements")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class AgreementAdminResource {
    private static final Set<String> FILTERS = Set.of("affiliateId");
    private static final Csv<AgreementRepository.Accepted> CSV = new Csv<>(
            List.of("id", "affiliateId", "enrollmentId", "acceptedAt", "acceptedBy", "ipPrefix", "userAgent"),
            a -> List.of(
                    TypeId.ACCEPTANCE.format(a.id()),
                    TypeId.AFFILIATE.format(a.affiliateId()),
                    TypeId.ENROLLMENT.format(a.enrollmentId()),
                    a.at().toString(),
                    a.from().acceptedBy(),
                    a.from().ipPrefix(),
                    a.from().userAgent()));

    private final AgreementRepository repository;
    private final ProgramRepository programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Lists lists;
    private final Ids ids;
    private final Clock clock;

    AgreementAdminResource(
            AgreementRepository repository,
            ProgramRepository programs,
            Transactions transactions,
            Changes changes,
            Lists lists,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.lists = lists;
        this.ids = ids;
        this.clock = clock;
    }

    /** A new version. */
    @Schema(name = "AgreementInput")
    record Input(
            @Schema(examples = "Partner terms", required = true) @Nullable String title,
            @Schema(
                            examples = "You may promote us wherever you name your interest.",
                            required = true,
                            description = "Plain text or Markdown, at most 200,000 bytes")
                    @Nullable
                    String terms,
            @Schema(examples = "5000", description = "The affiliate's share in basis points") @Nullable
                    Integer revenueSplitBps,
            @Schema(description = "Now unless given; within a year") @Nullable Instant validFrom,
            @Schema(description = "Until a newer version is valid unless given") @Nullable Instant validUntil,
            @Schema(description = "How long those who have not accepted it may go on; not at all unless given")
                    @Nullable
                    Instant graceUntil) {
        Agreement make(UUID id, UUID program, @Nullable Agreement before, Instant now) {
            return new Agreement(
                            id,
                            program,
                            before == null ? 1 : before.number() + 1,
                            title == null ? "" : title,
                            terms == null ? "" : terms,
                            revenueSplitBps,
                            micros(validFrom == null ? now : validFrom),
                            validUntil == null ? null : micros(validUntil),
                            graceUntil == null ? null : micros(graceUntil),
                            now)
                    .checked(before);
        }

        private static Instant micros(Instant moment) {
            return moment.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** An acceptance as the API shows it. */
    @Schema(name = "Acceptance")
    record AcceptanceView(
            @Schema(examples = "acc_01h455vb4pex5vsknk084sn02q") String id,
            String agreementId,
            String affiliateId,
            String enrollmentId,
            Instant acceptedAt,
            @Schema(description = "The subject of the account that accepted") String acceptedBy,
            @Schema(examples = "203.0.113.0/24") String ipPrefix,
            @Schema(examples = "Mozilla/5.0") String userAgent) {
        static AcceptanceView of(AgreementRepository.Accepted a) {
            return new AcceptanceView(
                    TypeId.ACCEPTANCE.format(a.id()),
                    TypeId.AGREEMENT.format(a.agreementId()),
                    TypeId.AFFILIATE.format(a.affiliateId()),
                    TypeId.ENROLLMENT.format(a.enrollmentId()),
                    a.at(),
                    a.from().acceptedBy(),
                    a.from().ipPrefix(),
                    a.from().userAgent());
        }
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listAgreements", summary = "List the versions of a program's agreement, newest first")
    public Uni<Response> list(@PathParam("programId") String programId, @Context UriInfo uri) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        return transactions
                .read(c -> repository.current(c, program, now()))
                .chain(current -> lists.json(
                        uri,
                        Set.of(),
                        (before, limit) -> repository.list(before, limit, program),
                        Agreement::id,
                        found -> AgreementView.of(found, current)));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getAgreement", summary = "Read one version, with its terms")
    public Uni<AgreementView> get(@PathParam("programId") String programId, @PathParam("id") String id) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID agreement = Params.path(id, TypeId.AGREEMENT, "Agreement");
        return transactions.read(c -> find(c, program, agreement).chain(found -> view(c, found)));
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = AgreementView.class, responseCode = "201")
    @Operation(operationId = "createAgreement", summary = "Announce or enact a new version of the agreement")
    public Uni<Response> create(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            Input body) {
        Input input = Params.body(body);
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        return changes.make(key, input, tx -> programs.lock(tx, program)
                .chain(() -> repository.newest(tx, program))
                .map(AgreementAdminResource::room)
                .map(newest -> input.make(ids.next(), program, newest.orElse(null), now()))
                .chain(made -> insert(tx, made)));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @Operation(operationId = "withdrawAgreement", summary = "Withdraw a version that is not valid yet")
    public Uni<Response> withdraw(@PathParam("programId") String programId, @PathParam("id") String id) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID agreement = Params.path(id, TypeId.AGREEMENT, "Agreement");
        return changes.make(null, "", tx -> programs.lock(tx, program)
                .chain(() -> find(tx, program, agreement))
                .invoke(this::refuseValid)
                .call(found -> repository.isAccepted(tx, agreement).invoke(AgreementAdminResource::refuseAccepted))
                .chain(found -> remove(tx, found)));
    }

    @GET
    @Path("{id}/acceptances")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listAcceptances", summary = "List who accepted a version, the last first")
    public Uni<Response> acceptances(
            @PathParam("programId") String programId, @PathParam("id") String id, @Context UriInfo uri) {
        return lists.json(
                uri, FILTERS, source(programId, id, uri), AgreementRepository.Accepted::id, AcceptanceView::of);
    }

    @GET
    @Path("{id}/acceptances")
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> export(
            @PathParam("programId") String programId, @PathParam("id") String id, @Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(programId, id, uri), AgreementRepository.Accepted::id, CSV);
    }

    private Source<AgreementRepository.Accepted> source(String programId, String id, UriInfo uri) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID agreement = Params.path(id, TypeId.AGREEMENT, "Agreement");
        @Nullable UUID affiliate = Params.id(uri, "affiliateId", TypeId.AFFILIATE);
        return (before, limit) -> repository.acceptances(before, limit, program, agreement, affiliate);
    }

    private Uni<Agreement> find(SqlConnection c, UUID program, UUID agreement) {
        return repository
                .find(c, program, agreement)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Agreement")));
    }

    private Uni<AgreementView> view(SqlConnection c, Agreement agreement) {
        return repository.current(c, agreement.programId(), now()).map(current -> AgreementView.of(agreement, current));
    }

    private Uni<Change> insert(SqlConnection tx, Agreement made) {
        return repository
                .insert(tx, made)
                .chain(() -> view(tx, made))
                .map(view -> Change.created(TypeId.AGREEMENT, made.id(), view));
    }

    private Uni<Change> remove(SqlConnection tx, Agreement old) {
        return repository
                .delete(tx, old.id())
                .replaceWith(() -> Change.deleted(TypeId.AGREEMENT, old.id(), AgreementView.of(old, Optional.empty())));
    }

    private static Optional<Agreement> room(Optional<Agreement> newest) {
        if (newest.filter(a -> a.number() >= Agreement.MOST).isPresent())
            throw new Problem(ProblemKind.CONFLICT, "A program has at most " + Agreement.MOST + " versions");
        return newest;
    }

    private void refuseValid(Agreement agreement) {
        if (agreement.isValid(now()))
            throw new Problem(ProblemKind.CONFLICT, "A version that is valid stays; a newer one takes its place");
    }

    private static void refuseAccepted(boolean accepted) {
        if (accepted) throw new Problem(ProblemKind.CONFLICT, "Somebody has accepted this version already");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
