package dev.tributary.stripe;

import dev.tributary.access.RateLimited;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where Stripe sends its events. The signature is the credential; each program has an address of its own. */
@Path("/webhooks/stripe/{programId}")
@Tag(name = "Stripe")
@Produces(MediaType.APPLICATION_JSON)
class StripeResource {
    /** The same words whatever is wrong, so that nobody learns which programs there are. */
    private static final String REFUSED = "The signature does not fit the body, or is more than five minutes off";

    private final StripeSecrets secrets;
    private final StripeInbox inbox;
    private final Transactions transactions;

    StripeResource(StripeSecrets secrets, StripeInbox inbox, Transactions transactions) {
        this.secrets = secrets;
        this.inbox = inbox;
        this.transactions = transactions;
    }

    /** What became of an event, as Stripe's own log of deliveries shows it. */
    @Schema(name = "StripeReceipt")
    record Receipt(
            @Schema(examples = "evt_1PqkGm2eZvKYlo2C") String id,
            StripeEffect.State state,
            @Schema(examples = "The sale cnv_01h455vb4pex5vsknk084sn02w is accepted") String note) {}

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @RateLimited(policy = "stripe-events", limit = 6_000, windowSeconds = 60)
    @Operation(operationId = "receiveStripeEvent", summary = "Take an event that Stripe signed")
    public Uni<Receipt> receive(
            @PathParam("programId") String programId,
            @HeaderParam("Stripe-Signature") @Nullable String signature,
            byte[] body) {
        Optional<StripeSignature> signed = StripeSignature.parse(signature);
        Optional<UUID> program = TypeId.PROGRAM.parse(programId);
        if (signed.isEmpty() || program.isEmpty()) throw refused();
        return transactions
                .read(c -> secrets.of(c, program.get()))
                .invoke(known -> prove(signed.get(), body, known))
                .chain(() -> receive(program.get(), body));
    }

    private void prove(StripeSignature signature, byte[] body, List<String> known) {
        if (!signature.proves(body, known, inbox.now())) throw refused();
    }

    private Uni<Receipt> receive(UUID program, byte[] body) {
        StripeEvent event = StripeEvent.parse(program, json(body), inbox.now())
                .orElseThrow(() -> new Problem(ProblemKind.INVALID_REQUEST, "The body is no event of Stripe's"));
        return inbox.receive(event).map(effect -> new Receipt(event.id(), effect.state(), effect.note()));
    }

    private static JsonObject json(byte[] body) {
        try {
            return new JsonObject(Buffer.buffer(body));
        } catch (DecodeException | ClassCastException notAnObject) {
            throw new Problem(ProblemKind.INVALID_REQUEST, "The body is not a JSON object");
        }
    }

    private static Problem refused() {
        return new Problem(ProblemKind.INVALID_REQUEST, REFUSED);
    }
}
