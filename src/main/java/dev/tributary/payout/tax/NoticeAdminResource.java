package dev.tributary.payout.tax;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Unique;
import dev.tributary.program.Programs;
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
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Of whom the tax office told a program to withhold. */
@Path("/api/admin/affiliates/{id}/backup-withholding")
@Tag(name = "Tax")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class NoticeAdminResource {
    private final PayerRepository repository;
    private final Programs programs;
    private final Affiliates affiliates;
    private final Changes changes;
    private final Caller caller;
    private final Clock clock;

    NoticeAdminResource(
            PayerRepository repository,
            Programs programs,
            Affiliates affiliates,
            Changes changes,
            Caller caller,
            Clock clock) {
        this.repository = repository;
        this.programs = programs;
        this.affiliates = affiliates;
        this.changes = changes;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = NoticeView.class, responseCode = "200")
    @Operation(operationId = "noteBackupWithholding", summary = "Note that the IRS wants tax withheld, or no more")
    public Uni<Response> notice(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, NoticeInput body) {
        NoticeInput input = Params.body(body).checked();
        UUID affiliate = Params.path(id, TypeId.AFFILIATE, "Affiliate");
        return changes.make(key, input, tx -> programs.get(tx, input.program())
                .chain(() -> affiliates.lock(tx, affiliate))
                .chain(() -> note(tx, affiliate, input))
                .map(changed -> noted(affiliate, input, changed)));
    }

    private Uni<Boolean> note(SqlConnection tx, UUID affiliate, NoticeInput input) {
        boolean on = Objects.requireNonNull(input.withhold());
        String reason = Objects.requireNonNull(input.reason());
        return on
                ? repository.note(
                        tx,
                        input.program(),
                        affiliate,
                        reason,
                        caller.id(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS))
                : repository.forget(tx, input.program(), affiliate);
    }

    private static Change noted(UUID affiliate, NoticeInput input, boolean changed) {
        boolean on = Objects.requireNonNull(input.withhold());
        if (!changed) throw Unique.conflict(on ? "That is noted already" : "Nothing of that sort is noted");
        return new Change(
                "affiliate.backup_withholding",
                TypeId.AFFILIATE,
                affiliate,
                Map.of("withhold", !on),
                new NoticeView(
                        TypeId.PROGRAM.format(input.program()),
                        TypeId.AFFILIATE.format(affiliate),
                        on,
                        Objects.requireNonNull(input.reason())));
    }
}
