package dev.tributary.payout.rail.stripe;

import dev.tributary.access.Idempotency;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Takes transfers of Stripe's back, for staff. */
@Path("/api/admin/payouts/{id}/reversals")
@Tag(name = "Payouts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class ReversalAdminResource {
    private final StripeReversals reversals;
    private final Ids ids;

    ReversalAdminResource(StripeReversals reversals, Ids ids) {
        this.reversals = reversals;
        this.ids = ids;
    }

    /** The caller's key is Stripe's too, so that a repetition finds the same reversal however the first one ended. */
    @POST
    @RolesAllowed({"admin", "finance"})
    @Operation(operationId = "reversePayout", summary = "Take back what a payout moved to a Stripe account")
    public Uni<ReversalView> reverse(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ReversalInput body) {
        ReversalInput input = Params.body(body).checked();
        UUID payout = Params.path(id, TypeId.PAYOUT, "Payout");
        if (key != null) Idempotency.check(key);
        String given = key == null ? ids.next().toString() : key;
        UUID hash = UUID.nameUUIDFromBytes((id + "\n" + given).getBytes(StandardCharsets.UTF_8));
        return reversals.reverse(new StripeReversals.Asked(
                payout,
                Optional.ofNullable(input.transferId()),
                Optional.ofNullable(input.amount()),
                "reversal/" + id + "/" + hash,
                String.valueOf(input.reason())));
    }
}
