package dev.tributary.conversion.stripe;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads objects of Stripe's API, whose shape depends on the version that the endpoint was made with. */
final class Fields {
    private static final JsonObject NONE = new JsonObject();

    private Fields() {}

    /** The text at a path, null where any part of it is missing or something else. */
    static @Nullable String text(JsonObject object, String... path) {
        JsonObject inner = object;
        for (int i = 0; i < path.length - 1; i++) inner = object(inner, path[i]);
        return inner.getValue(path[path.length - 1]) instanceof String text && !text.isBlank() ? text : null;
    }

    /** The id of an object that stands there whole or by its id. */
    static @Nullable String id(JsonObject object, String... path) {
        String direct = text(object, path);
        if (direct != null) return direct;
        JsonObject inner = object;
        for (String name : path) inner = object(inner, name);
        return text(inner, "id");
    }

    /** Empty where there is none. */
    static JsonObject object(JsonObject object, String name) {
        return object.getValue(name) instanceof JsonObject found ? found : NONE;
    }

    static long number(JsonObject object, String name) {
        return object.getValue(name) instanceof Number number ? number.longValue() : 0;
    }

    /** The objects of a list of Stripe's. */
    static List<JsonObject> list(JsonObject object, String name) {
        return object(object, name).getValue("data") instanceof JsonArray data
                ? data.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }
}
