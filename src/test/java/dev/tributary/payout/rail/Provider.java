package dev.tributary.payout.rail;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a payment provider does, apart from HTTP and from what goes wrong on the way. Used by one thread at a time. */
public interface Provider {
    /** @param header the value of a header by its name, null for none */
    record Asked(String method, String path, String query, Function<String, String> header, String body) {
        public JsonObject json() {
            return body.isEmpty() ? new JsonObject() : new JsonObject(body);
        }
    }

    record Said(int status, Map<String, String> headers, String body) {
        public static Said of(int status, JsonObject body) {
            return new Said(status, Map.of(), body.encode());
        }
    }

    /** A movement of money, as the provider's own books have it, whatever the client believes. */
    record Moved(String id, String payout, String status, long minor, long reversedMinor) {
        long netMinor() {
            return status.equals("failed") ? 0 : minor - reversedMinor;
        }

        JsonObject json() {
            return new JsonObject()
                    .put("id", id)
                    .put("payout", payout)
                    .put("status", status)
                    .put("minor", minor)
                    .put("reversedMinor", reversedMinor);
        }
    }

    /** Does what is asked, once for each key where it knows keys. */
    Said answer(Asked asked);

    /** Does it, and answers 500; one that saves answers saves this one. */
    default Said doneAndBroken(Asked asked) {
        answer(asked);
        return Said.of(500, new JsonObject());
    }

    /** Whether it is asked to move money. */
    boolean moves(Asked asked);

    /** What it knows a repetition by, or empty. */
    String key(Asked asked);

    /** What it answers to a repetition of what it has not answered yet; empty where it answers as to the first. */
    default Optional<Said> busy() {
        return Optional.empty();
    }

    /** As if its time for keys had passed. */
    default void forgetKeys() {}

    /** All that it carried out. */
    java.util.List<Moved> moved();

    /** Money comes back of one that was carried out. */
    default void giveBack(String transfer, long minor) {
        throw new IllegalArgumentException("Nothing comes back here");
    }

    /** One that was pending ends; "" for all of them. */
    default void finish(String transfer, String status, String code) {}

    /** From now on only that much more can be sent. */
    default void funds(long minor) {}

    /** A destination becomes known; "*" for whatever is named. */
    default void payee(String destination) {}

    /** Where its events go. */
    default void tell(Consumer<JsonObject> events) {}

    /** The headers that prove an event. */
    default Map<String, String> sign(String event, String secret) {
        return Map.of();
    }

    default JsonArray movedJson() {
        JsonArray all = new JsonArray();
        moved().forEach(each -> all.add(each.json()));
        return all;
    }
}
