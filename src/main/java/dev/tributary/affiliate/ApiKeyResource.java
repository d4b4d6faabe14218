package dev.tributary.affiliate;

import dev.tributary.access.ApiKeyView;
import dev.tributary.access.ApiKeys;
import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.access.Issued;
import dev.tributary.access.IssuedView;
import dev.tributary.access.KeyOwner;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Page;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** An affiliate's own keys, for the affiliate's own programs. Those of others are not found. */
@Path("/api/affiliate/api-keys")
@Tag(name = "API keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed("affiliate")
class ApiKeyResource {
    private final ApiKeys keys;
    private final Affiliates affiliates;
    private final Caller caller;
    private final Transactions transactions;
    private final Changes changes;
    private final Clock clock;

    ApiKeyResource(
            ApiKeys keys,
            Affiliates affiliates,
            Caller caller,
            Transactions transactions,
            Changes changes,
            Clock clock) {
        this.keys = keys;
        this.affiliates = affiliates;
        this.caller = caller;
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listOwnApiKeys", summary = "List your API keys, the live ones first")
    public Uni<Response> list(@Context UriInfo uri) {
        Params.only(uri, Set.of());
        Instant now = clock.instant();
        return caller.affiliate()
                .chain(owner -> transactions.read(c -> keys.list(c, KeyOwner.AFFILIATE, owner)))
                .map(all -> all.stream().map(key -> ApiKeyView.of(key, now)).toList())
                .map(all -> Response.ok(new Page<>(all, null)).build());
    }

    @POST
    @APIResponseSchema(value = IssuedView.class, responseCode = "201")
    @Operation(operationId = "createOwnApiKey", summary = "Issue an API key, which is shown once")
    public Uni<Response> create(@HeaderParam(Idempotency.HEADER) @Nullable String key, ApiKeyInput body) {
        ApiKeyInput input = Params.body(body);
        return caller.affiliate()
                .chain(owner -> changes.make(key, input, tx -> accepted(tx, owner)
                        .chain(() -> keys.issue(tx, KeyOwner.AFFILIATE, owner, input.name(), Set.of()))
                        .map(issued ->
                                Change.created(TypeId.API_KEY, issued.key().id(), view(issued)))));
    }

    @POST
    @Path("{id}/rotate")
    @APIResponseSchema(value = IssuedView.class, responseCode = "200")
    @Operation(operationId = "rotateOwnApiKey", summary = "Replace an API key by another, with an overlap")
    public Uni<Response> rotate(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, KeyRotationInput body) {
        KeyRotationInput input = Params.body(body);
        Duration overlap = input.overlap();
        UUID old = Params.path(id, TypeId.API_KEY, "API key");
        return caller.affiliate()
                .chain(owner -> changes.make(key, input, tx -> accepted(tx, owner)
                        .chain(() -> keys.rotate(tx, KeyOwner.AFFILIATE, owner, old, overlap))
                        .map(issued -> new Change(
                                "api_key.rotate", TypeId.API_KEY, issued.key().id(), new Followed(id), view(issued)))));
    }

    @DELETE
    @Path("{id}")
    @APIResponse(responseCode = "204", description = "It works no more.")
    @Operation(operationId = "revokeOwnApiKey", summary = "Revoke an API key at once and for ever")
    public Uni<Response> revoke(@PathParam("id") String id) {
        UUID key = Params.path(id, TypeId.API_KEY, "API key");
        return caller.affiliate()
                .chain(owner -> changes.make(null, List.of(), tx -> keys.revoke(tx, KeyOwner.AFFILIATE, owner, key)
                        .map(revoked -> new Change(
                                "api_key.revoke",
                                TypeId.API_KEY,
                                key,
                                ApiKeyView.of(revoked, clock.instant()),
                                null))));
    }

    /** Locked, so that no key slips in beside a suspension. */
    private Uni<Affiliate> accepted(SqlConnection tx, UUID owner) {
        return affiliates.lock(tx, owner).invoke(affiliate -> {
            if (!affiliate.status().mayUseKeys())
                throw new Problem(
                        ProblemKind.FORBIDDEN,
                        "A %s affiliate has no new keys"
                                .formatted(affiliate.status().word()));
        });
    }

    private IssuedView view(Issued issued) {
        return IssuedView.of(issued, clock.instant());
    }

    /** The key that another follows. */
    record Followed(String id) {}
}
