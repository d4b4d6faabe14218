package dev.tributary.promo;

import dev.tributary.outbox.Event;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * The event {@code discount_codes.generated}: many codes alike were made at once, which are told in this one event because
 * ten thousand would not fit into a transaction. Its aggregate is the batch; {@link DiscountCodes#batch} reads its codes.
 */
public record CodesGenerated(UUID batchId, int count) {
    public static final String TYPE = "discount_codes.generated";

    static Event event(UUID id, UUID batchId, int count) {
        JsonObject payload = new JsonObject().put("id", batchId.toString()).put("count", count);
        return new Event(id, TYPE, batchId, payload);
    }

    /** What the event tells. */
    public static CodesGenerated of(Event event) {
        JsonObject payload = event.payload();
        return new CodesGenerated(UUID.fromString(payload.getString("id")), payload.getInteger("count"));
    }
}
