package dev.tributary.stripe;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event that Stripe signed.
 *
 * @param ownerId whose endpoint it came to: a program
 * @param id Stripe's own, {@code evt_...}
 * @param type such as {@code invoice.paid}
 * @param object what the event is about, as it was then
 * @param before those of its fields that an update changed, as they were; empty for other events
 * @param receivedAt when it first came
 */
public record StripeEvent(
        UUID ownerId,
        String id,
        String type,
        boolean livemode,
        Instant createdAt,
        JsonObject object,
        JsonObject before,
        Instant receivedAt) {
    private static final int MOST_CHARACTERS = 255;

    /** Empty where it is no event in Stripe's form. */
    static Optional<StripeEvent> parse(UUID owner, JsonObject json, Instant receivedAt) {
        try {
            String id = text(json, "id");
            String type = text(json, "type");
            JsonObject data = json.getJsonObject("data", new JsonObject());
            JsonObject object = data.getJsonObject("object");
            Long created = json.getLong("created");
            boolean sound = isName(id) && isName(type) && object != null && created != null;
            if (!sound) return Optional.empty();
            return Optional.of(new StripeEvent(
                    owner,
                    id,
                    type,
                    json.getBoolean("livemode", false),
                    Instant.ofEpochSecond(created),
                    object,
                    data.getJsonObject("previous_attributes", new JsonObject()),
                    receivedAt));
        } catch (ClassCastException | DateTimeException oddTypes) {
            return Optional.empty();
        }
    }

    /** Without the conversions of {@code getString}: a number is no name. */
    private static String text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text ? text : "";
    }

    private static boolean isName(String text) {
        return text.matches("[A-Za-z0-9_.]{1," + MOST_CHARACTERS + "}");
    }

    /** What is kept of it while it waits: enough to be parsed again. */
    JsonObject kept() {
        JsonObject data = new JsonObject().put("object", object).put("previous_attributes", before);
        return new JsonObject()
                .put("id", id)
                .put("type", type)
                .put("livemode", livemode)
                .put("created", createdAt.getEpochSecond())
                .put("data", data);
    }
}
