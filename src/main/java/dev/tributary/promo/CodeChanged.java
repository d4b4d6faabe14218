package dev.tributary.promo;

import dev.tributary.outbox.Event;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * The event {@code discount_code.changed}: a code was made, changed, paused, brought back, archived, or has expired. Its
 * aggregate is the code. What it is now is read by {@link DiscountCodes}.
 *
 * @param version the code's then; a higher one means that another event follows
 */
public record CodeChanged(UUID codeId, long version) {
    public static final String TYPE = "discount_code.changed";

    static Event event(UUID id, UUID codeId, long version) {
        JsonObject payload = new JsonObject().put("id", codeId.toString()).put("version", version);
        return new Event(id, TYPE, codeId, payload);
    }

    /** What the event tells. */
    public static CodeChanged of(Event event) {
        JsonObject payload = event.payload();
        return new CodeChanged(UUID.fromString(payload.getString("id")), payload.getLong("version"));
    }
}
