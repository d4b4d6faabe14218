package dev.tributary.conversion;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A buyer as the database has it: an object of what is known, null where nothing is. */
final class BuyerJson {
    private BuyerJson() {}

    static @Nullable JsonObject write(Buyer buyer) {
        if (buyer.equals(Buyer.UNKNOWN)) return null;
        JsonObject written = new JsonObject();
        put(written, "emailHash", buyer.emailHash());
        put(written, "emailDomain", buyer.emailDomain());
        put(written, "network", buyer.network());
        put(written, "country", buyer.country());
        return written;
    }

    static Buyer read(@Nullable JsonObject stored) {
        if (stored == null) return Buyer.UNKNOWN;
        return new Buyer(
                stored.getString("emailHash"),
                stored.getString("emailDomain"),
                stored.getString("network"),
                stored.getString("country"));
    }

    private static void put(JsonObject written, String name, @Nullable String value) {
        if (value != null) written.put(name, value);
    }
}
