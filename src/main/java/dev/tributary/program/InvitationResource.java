package dev.tributary.program;

import dev.tributary.access.Idempotency;
import dev.tributary.access.RateLimited;
import dev.tributary.affiliate.Account;
import dev.tributary.audit.Changes;
import dev.tributary.page.Params;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The way into a program for who is invited. */
@Path("/api/affiliate/invitations/accept")
@Tag(name = "Applications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class InvitationResource {
    private final Invitations invitations;
    private final Changes changes;
    private final SignedIn signedIn;

    InvitationResource(Invitations invitations, Changes changes, SignedIn signedIn) {
        this.invitations = invitations;
        this.changes = changes;
        this.signedIn = signedIn;
    }

    /** At most 20 an hour: enough for every mistake in a form. */
    @POST
    @RolesAllowed("affiliate")
    @RateLimited(policy = "invitation", limit = 20, windowSeconds = 3_600)
    @APIResponseSchema(value = InvitationView.class, responseCode = "200")
    @Operation(operationId = "acceptInvitation", summary = "Accept an invitation with your account")
    public Uni<Response> accept(@HeaderParam(Idempotency.HEADER) @Nullable String key, InvitationAnswer body) {
        Account account = signedIn.account();
        InvitationAnswer answer = Params.body(body).checked();
        Agreement.Acceptance from = signedIn.acceptance();
        return changes.make(key, answer, tx -> invitations.accept(tx, account, from, answer));
    }
}
