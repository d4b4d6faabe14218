package dev.tributary.payout.rail.circle;

import dev.tributary.access.RateLimited;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where Circle's notifications come in, which Amazon SNS carries and signs. */
@Path("/webhooks/circle")
@Tag(name = "Payouts")
@Produces(MediaType.APPLICATION_JSON)
class CircleResource {
    private final CircleEvents events;

    CircleResource(CircleEvents events) {
        this.events = events;
    }

    /** What became of a message. */
    @Schema(name = "CircleReceipt")
    record Receipt(@Schema(examples = "The payout was told") String note) {}

    /** Amazon sends JSON and calls it text. */
    @POST
    @PermitAll
    @Consumes({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    @RateLimited(policy = "circle-events", limit = 600, windowSeconds = 60)
    @Operation(operationId = "receiveCircleMessage", summary = "Take a notification of Circle's")
    public Uni<Receipt> receive(byte[] body) {
        SnsMessage message = SnsMessage.parse(new String(body, StandardCharsets.UTF_8))
                .orElseThrow(() -> new Problem(ProblemKind.INVALID_REQUEST, "The body is no message of Amazon SNS"));
        return events.take(message).map(Receipt::new);
    }
}
