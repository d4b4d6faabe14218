package dev.tributary.program;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.access.ApiKeyView;
import dev.tributary.access.ApiKeys;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The keys with which the servers of a program's merchant call, for staff. */
@Path("/api/admin/programs/{programId}/api-keys")
@Tag(name = "API keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class MerchantKeyAdminResource {
    /** Long enough to bring the new key to every server within a working day. */
    private static final int USUAL_OVERLAP_HOURS = 24;

    private final ApiKeys keys;
    private final ProgramRepository programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Clock clock;

    MerchantKeyAdminResource(
            ApiKeys keys, ProgramRepository programs, Transactions transactions, Changes changes, Clock clock) {
        this.keys = keys;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    /** A new key. */
    @Schema(name = "MerchantKeyInput")
    record Input(
            @Schema(examples = "Shop back end", required = true) @Nullable String name,
            @Schema(
                            examples = "[\"track:write\"]",
                            required = true,
                            description =
                                    "track:write reports leads, sales and refunds; promo:apply redeems codes; read reads")
                    @Nullable
                    Set<@Nullable String> scopes) {
        Set<String> wanted() {
            Set<@Nullable String> all = requireNonNullElse(scopes, Set.of());
            if (all.stream().anyMatch(Objects::isNull))
                throw Problem.field("scopes", "unknown_value", "A scope is a word");
            return Set.copyOf(all);
        }
    }

    /** How a key is followed by another. */
    @Schema(name = "RotationInput")
    record Rotation(
            @Schema(examples = "24", description = "How long the old key goes on working: 0 to 720, 24 unless given")
                    @Nullable
                    Integer overlapHours) {
        Duration overlap() {
            int hours = requireNonNullElse(overlapHours, USUAL_OVERLAP_HOURS);
            if (hours < 0 || hours > ApiKeys.LONGEST_OVERLAP.toHours())
                throw Problem.field("overlapHours", "out_of_range", "overlapHours is 0 to 720");
            return Duration.ofHours(hours);
        }
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listMerchantKeys", summary = "List a program's API keys")
    public Uni<Response> list(@PathParam("programId") String programId, @Context UriInfo uri) {
        Params.only(uri, Set.of());
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        Instant now = clock.instant();
        return transactions.read(c -> programs.get(c, program)
                .chain(() -> keys.list(c, KeyOwner.PROGRAM, program))
                .map(all -> all.stream().map(key -> ApiKeyView.of(key, now)).toList())
                .map(views -> Response.ok(new Page<>(views, null)).build()));
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = IssuedView.class, responseCode = "201")
    @Operation(operationId = "createMerchantKey", summary = "Issue an API key, which is shown once")
    public Uni<Response> create(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            Input body) {
        Input input = Params.body(body);
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        return changes.make(key, input, tx -> programs.get(tx, program)
                .chain(() -> keys.issue(tx, KeyOwner.PROGRAM, program, input.name, input.wanted()))
                .map(this::made));
    }

    @POST
    @Path("{id}/rotate")
    @RolesAllowed("admin")
    @APIResponseSchema(value = IssuedView.class, responseCode = "200")
    @Operation(operationId = "rotateMerchantKey", summary = "Replace an API key by another, with an overlap")
    public Uni<Response> rotate(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            @PathParam("id") String id,
            Rotation body) {
        Rotation input = Params.body(body);
        Duration overlap = input.overlap();
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID old = Params.path(id, TypeId.API_KEY, "API key");
        return changes.make(key, input, tx -> keys.rotate(tx, KeyOwner.PROGRAM, program, old, overlap)
                .map(issued -> replaced(id, issued)));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponse(responseCode = "204", description = "It works no more.")
    @Operation(operationId = "revokeMerchantKey", summary = "Revoke an API key at once and for ever")
    public Uni<Response> revoke(@PathParam("programId") String programId, @PathParam("id") String id) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID key = Params.path(id, TypeId.API_KEY, "API key");
        return changes.make(null, "", tx -> keys.revoke(tx, KeyOwner.PROGRAM, program, key)
                .map(revoked -> new Change(
                        "api_key.revoke", TypeId.API_KEY, key, ApiKeyView.of(revoked, clock.instant()), null)));
    }

    private Change made(Issued issued) {
        return Change.created(TypeId.API_KEY, issued.key().id(), IssuedView.of(issued, clock.instant()));
    }

    /** Noted at the new key: the one that it follows stands before it. */
    private Change replaced(String old, Issued issued) {
        IssuedView view = IssuedView.of(issued, clock.instant());
        return new Change("api_key.rotate", TypeId.API_KEY, issued.key().id(), new Followed(old), view);
    }

    /** The key that another follows. */
    record Followed(String id) {}
}
