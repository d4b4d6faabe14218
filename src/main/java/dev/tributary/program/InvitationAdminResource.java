package dev.tributary.program;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
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
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The invitations that staff give out. */
@Path("/api/admin/affiliates/invitations")
@Tag(name = "Applications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class InvitationAdminResource {
    private static final Set<String> FILTERS = Set.of("programId", "affiliateId");

    private final Invitations invitations;
    private final InvitationRepository repository;
    private final Changes changes;
    private final Lists lists;
    private final Clock clock;

    InvitationAdminResource(
            Invitations invitations, InvitationRepository repository, Changes changes, Lists lists, Clock clock) {
        this.invitations = invitations;
        this.repository = repository;
        this.changes = changes;
        this.lists = lists;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listInvitations", summary = "List invitations, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        @Nullable UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        @Nullable UUID affiliate = Params.id(uri, "affiliateId", TypeId.AFFILIATE);
        return lists.json(
                uri,
                FILTERS,
                (before, limit) -> repository.list(before, limit, program, affiliate),
                listing -> listing.invitation().id(),
                listing -> InvitationView.of(listing, null, clock.instant()));
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = InvitationView.class, responseCode = "201")
    @Operation(operationId = "createInvitation", summary = "Invite somebody into a program")
    public Uni<Response> create(@HeaderParam(Idempotency.HEADER) @Nullable String key, InvitationInput body) {
        InvitationInput input = Params.body(body).checked();
        return changes.make(key, input, tx -> invitations.make(tx, input));
    }

    @POST
    @Path("{id}/renew")
    @RolesAllowed("admin")
    @APIResponseSchema(value = InvitationView.class, responseCode = "200")
    @Operation(operationId = "renewInvitation", summary = "Give an invitation a new token and all its time again")
    public Uni<Response> renew(@HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id) {
        UUID invitation = invitation(id);
        return changes.make(key, id, tx -> invitations.renew(tx, invitation));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponse(responseCode = "204", description = "It opens nothing any more.")
    @Operation(operationId = "revokeInvitation", summary = "Take an invitation back")
    public Uni<Response> revoke(@HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id) {
        UUID invitation = invitation(id);
        return changes.make(key, id, tx -> invitations.revoke(tx, invitation));
    }

    private static UUID invitation(String id) {
        return Params.path(id, TypeId.INVITATION, "Invitation");
    }
}
