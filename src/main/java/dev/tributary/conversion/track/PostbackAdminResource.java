package dev.tributary.conversion.track;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The secret of a program's postback address, for staff. */
@Path("/api/admin/programs/{programId}/postback-token")
@Tag(name = "Conversions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
class PostbackAdminResource {
    private final PostbackTokens tokens;
    private final Programs programs;
    private final Changes changes;
    private final Idempotency idempotency;
    private final RandomGenerator random;
    private final Clock clock;

    PostbackAdminResource(
            PostbackTokens tokens,
            Programs programs,
            Changes changes,
            Idempotency idempotency,
            RandomGenerator random,
            Clock clock) {
        this.tokens = tokens;
        this.programs = programs;
        this.changes = changes;
        this.idempotency = idempotency;
        this.random = random;
        this.clock = clock;
    }

    /** A token, shown this once. */
    @Schema(name = "PostbackToken")
    record View(
            @Schema(examples = "trp_Zk3v9ANqT0bYw1c8dX2eR5fG7hJ9kL3mP6qS8tU0vW4") String token,
            @Schema(
                            examples =
                                    "/postback?token=trp_Zk3v9ANqT0bYw1c8dX2eR5fG7hJ9kL3mP6qS8tU0vW4&click_id={click_id}&order_id={order_id}&amount={amount}&currency={currency}",
                            description = "Below this installation's address, with a place for each value in braces")
                    String address,
            @Schema(examples = "2026-11-21T09:30:00Z") Instant createdAt) {}

    /** What the audit keeps of one. */
    record Noted(String createdAt) {}

    @POST
    @APIResponseSchema(value = View.class, responseCode = "201")
    @Operation(operationId = "issuePostbackToken", summary = "Issue the program's postback token, which is shown once")
    public Uni<Response> issue(@PathParam("programId") String programId) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        PostbackToken token = PostbackToken.make(random);
        // Never with an Idempotency-Key: that would keep the secret.
        return idempotency.run(null, "", "", tx -> programs.get(tx, program)
                .chain(() -> tokens.replace(tx, program, token, now))
                .chain(() -> changes.record(
                        tx,
                        new Change("postback_token.issue", TypeId.PROGRAM, program, null, new Noted(now.toString()))))
                .replaceWith(() -> Response.status(201).entity(view(token, now)).build()));
    }

    private static View view(PostbackToken token, Instant now) {
        String address = "/postback?token=" + token.text()
                + "&click_id={click_id}&order_id={order_id}&amount={amount}&currency={currency}";
        return new View(token.text(), address, now);
    }

    @DELETE
    @APIResponse(responseCode = "204", description = "It works no more.")
    @Operation(operationId = "revokePostbackToken", summary = "Revoke the program's postback token")
    public Uni<Response> revoke(@PathParam("programId") String programId) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        return changes.make(null, "", tx -> tokens.revoke(tx, program).map(there -> {
            if (!there) throw Problem.notFound("Postback token");
            return new Change("postback_token.revoke", TypeId.PROGRAM, program, new Noted(""), null);
        }));
    }
}
