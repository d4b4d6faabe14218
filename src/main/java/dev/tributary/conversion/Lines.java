package dev.tributary.conversion;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The lines of an order as the database has them: an array of objects, null where there are none. */
final class Lines {
    private Lines() {}

    static List<Line> read(@Nullable JsonArray stored) {
        if (stored == null) return List.of();
        return IntStream.range(0, stored.size())
                .mapToObj(stored::getJsonObject)
                .map(line -> new Line(
                        line.getString("sku", ""),
                        line.getString("category", ""),
                        line.getLong("amount"),
                        line.getInteger("quantity")))
                .toList();
    }

    static @Nullable JsonArray write(List<Line> lines) {
        if (lines.isEmpty()) return null;
        JsonArray written = new JsonArray();
        for (Line line : lines) {
            written.add(new JsonObject()
                    .put("sku", line.sku())
                    .put("category", line.category())
                    .put("amount", line.amountMinor())
                    .put("quantity", line.quantity()));
        }
        return written;
    }
}
