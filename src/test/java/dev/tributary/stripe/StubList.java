package dev.tributary.stripe;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Stripe's way of paging: newest first, {@code limit}, {@code starting_after}, {@code has_more}. */
final class StubList {
    private StubList() {}

    static JsonObject page(Iterable<JsonObject> oldestFirst, Form query, String url, Predicate<JsonObject> wanted) {
        long limit = query.number("limit").orElse(10L);
        if (limit < 1 || limit > 100) throw StubRefusal.of("This value must be between 1 and 100", "limit");
        List<JsonObject> all = new ArrayList<>();
        for (JsonObject object : oldestFirst) if (wanted.test(object)) all.add(0, object);
        int from = query.text("starting_after").map(id -> after(all, id)).orElse(0);
        int to = (int) Math.min(all.size(), from + limit);
        return new JsonObject()
                .put("object", "list")
                .put("url", url)
                .put("has_more", to < all.size())
                .put("data", new JsonArray(new ArrayList<>(all.subList(from, to))));
    }

    private static int after(List<JsonObject> all, String id) {
        for (int i = 0; i < all.size(); i++) if (all.get(i).getString("id").equals(id)) return i + 1;
        throw StubRefusal.missing("object", id, "starting_after");
    }
}
