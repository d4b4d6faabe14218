package dev.tributary.conversion;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Details as the database has them: an object, null where there are none. */
final class DetailsJson {
    private DetailsJson() {}

    static @Nullable JsonObject write(Details details) {
        if (details.isEmpty()) return null;
        JsonObject written = new JsonObject();
        if (details.plan() != null) written.put("plan", details.plan());
        if (details.subscriptionId() != null) written.put("subscriptionId", details.subscriptionId());
        if (!details.metadata().isEmpty())
            written.put("metadata", new JsonObject(new TreeMap<String, Object>(details.metadata())));
        return written;
    }

    static Details read(@Nullable JsonObject stored) {
        if (stored == null) return Details.NONE;
        Map<String, String> metadata = new TreeMap<>();
        stored.getJsonObject("metadata", new JsonObject())
                .forEach(entry -> metadata.put(entry.getKey(), String.valueOf(entry.getValue())));
        return new Details(stored.getString("plan"), stored.getString("subscriptionId"), metadata);
    }
}
