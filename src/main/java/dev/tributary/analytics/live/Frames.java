package dev.tributary.analytics.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;

/**
 * Writes what goes over a stream, once for all streams that show the same.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
@ApplicationScoped
class Frames {
    /** A comment: keeps proxies and the server's own idle timeout from closing what is only quiet. */
    static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    /** How long a client waits before it comes back. */
    static final int RETRY_MILLIS = 2_000;

    private final ObjectMapper mapper;

    Frames(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** All figures, and the position that a client names when it comes back. */
    byte[] snapshot(LiveEarnings totals) {
        return bytes(
                "event: snapshot\nid: %s\nretry: %d\ndata: %s\n\n".formatted(totals.id(), RETRY_MILLIS, json(totals)));
    }

    /**
     * One commission. Of those that are told at once the last alone has the position: who is cut off before it hears the
     * others again.
     */
    String commission(LiveCommission commission, boolean last) {
        String id = last ? "id: " + commission.totals().id() + "\n" : "";
        return "event: commission\n" + id + "data: " + json(commission) + "\n\n";
    }

    /**
     * The last of a stream, and when to come back.
     *
     * @param reason a word for programs: {@code credentials} or {@code shutdown}
     */
    static byte[] end(String reason, int retryMillis) {
        return bytes("event: end\nretry: %d\ndata: {\"reason\":\"%s\"}\n\n".formatted(retryMillis, reason));
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of ours is JSON", e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
