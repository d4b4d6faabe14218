package dev.tributary.payout.admin;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.payout.ProgramTerms;
import dev.tributary.payout.TermsRepository;
import dev.tributary.postgres.Transactions;
import dev.tributary.program.Program;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How a program pays out, for staff. */
@Path("/api/admin/programs/{programId}/payout-terms")
@Tag(name = "Payouts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class TermsAdminResource {
    private final TermsRepository repository;
    private final Programs programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Clock clock;

    TermsAdminResource(
            TermsRepository repository, Programs programs, Transactions transactions, Changes changes, Clock clock) {
        this.repository = repository;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getPayoutTerms", summary = "Read how a program pays out")
    public Uni<TermsView> get(@PathParam("programId") String programId) {
        UUID program = program(programId);
        return transactions.read(c -> programs.get(c, program)
                .chain(found -> repository.of(c, program).map(terms -> TermsView.of(found, terms))));
    }

    @PATCH
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = TermsView.class, responseCode = "200")
    @Operation(operationId = "updatePayoutTerms", summary = "Change how a program pays out")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            TermsInput body) {
        TermsInput input = Params.body(body);
        UUID program = program(programId);
        return changes.make(key, input, tx -> repository
                .lock(tx, program)
                .chain(() -> programs.get(tx, program))
                .chain(found -> repository
                        .of(tx, program)
                        .chain(old -> replace(tx, found, old, input.over(old, found.currency())))));
    }

    private Uni<Change> replace(SqlConnection tx, Program program, ProgramTerms old, ProgramTerms changed) {
        return repository
                .save(tx, program.id(), changed, clock.instant())
                .replaceWith(() -> new Change(
                        "payout_terms.update",
                        TypeId.PROGRAM,
                        program.id(),
                        TermsView.of(program, old),
                        TermsView.of(program, changed)));
    }

    private static UUID program(String id) {
        return Params.path(id, TypeId.PROGRAM, "Program");
    }
}
