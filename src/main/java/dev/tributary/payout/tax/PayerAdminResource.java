package dev.tributary.payout.tax;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who pays, as the tax office knows them. */
@Path("/api/admin/programs/{id}/tax-payer")
@Tag(name = "Tax")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class PayerAdminResource {
    private final PayerRepository repository;
    private final Programs programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Clock clock;

    PayerAdminResource(
            PayerRepository repository, Programs programs, Transactions transactions, Changes changes, Clock clock) {
        this.repository = repository;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getTaxPayer", summary = "Who pays, as the tax office knows them")
    public Uni<PayerView> get(@PathParam("id") String id) {
        UUID program = program(id);
        return transactions
                .read(c -> repository.find(c, program))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Tax payer")))
                .map(PayerView::of);
    }

    @PUT
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = PayerView.class, responseCode = "200")
    @Operation(operationId = "putTaxPayer", summary = "Say who pays, and whether tax is withheld")
    public Uni<Response> put(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, PayerInput body) {
        Payer payer = Params.body(body).checked();
        UUID program = program(id);
        return changes.make(key, body, tx -> programs.get(tx, program)
                .chain(() -> repository.find(tx, program))
                .call(() -> repository.put(tx, program, payer, now()))
                .map(old -> put(program, old, payer)));
    }

    private static Change put(UUID program, Optional<Payer> old, Payer now) {
        Object before = old.<Object>map(PayerView::of).orElse(Map.of());
        return new Change("tax_payer.put", TypeId.PROGRAM, program, before, PayerView.of(now));
    }

    private static UUID program(String id) {
        return Params.path(id, TypeId.PROGRAM, "Program");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
