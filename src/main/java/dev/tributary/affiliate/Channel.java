package dev.tributary.affiliate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One place where an affiliate promotes.
 *
 * @param kind a word such as {@code blog}, {@code instagram} or {@code newsletter}
 * @param url where it is
 * @param audience how many it reaches, as the affiliate says; null where it does not
 */
@Schema(name = "Channel")
public record Channel(
        @Schema(examples = "instagram") String kind,
        @Schema(examples = "https://instagram.com/ecofluencer") String url,
        @Schema(examples = "12000", minimum = "0") @Nullable Long audience) {
    /** Longest address kept; browsers and servers agree on about this much. */
    private static final int MOST = 2_048;

    /** What is not a channel. */
    static final Channel NONE = new Channel("", "", null);

    public Channel {
        kind = kind == null ? "" : kind;
        url = url == null ? "" : url;
    }

    /** As they stand in the database. */
    public static List<Channel> read(JsonArray array) {
        return array.stream()
                .map(JsonObject.class::cast)
                .map(c -> new Channel(c.getString("kind"), c.getString("url"), c.getLong("audience")))
                .toList();
    }

    boolean valid() {
        return kind.matches("[a-z0-9_-]{1,40}")
                && (url.isEmpty() || isWebAddress(url))
                && (audience == null || (audience >= 0 && audience <= 10_000_000_000L));
    }

    /** Shown as a link to staff, so nothing but http and https. */
    static boolean isWebAddress(String text) {
        return text.length() <= MOST && text.matches("https?://[^\\s\\p{Cntrl}\"<>]+");
    }
}
