package dev.tributary.payout.rail;

import dev.tributary.payout.rail.Reply.Answered;
import dev.tributary.payout.rail.Reply.Body;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** An HTTP answer of a provider as a {@link Reply}, whatever it holds: what cannot be read is said to be unreadable. */
public final class HttpReply {
    /** Ten times the longest answer to one payout. */
    public static final int MOST_CHARACTERS = 100_000;

    private HttpReply() {}

    /**
     * @param headers the first value of a header by its name
     * @param reading what the provider's JSON says; may fail on JSON that is not the provider's
     */
    public static Answered of(
            int status,
            Function<String, Optional<String>> headers,
            String body,
            Function<JsonObject, Optional<Body>> reading) {
        boolean replayed =
                headers.apply("Idempotent-Replayed").filter("true"::equals).isPresent();
        return new Answered(status, body(body, reading), retryAfter(headers), replayed);
    }

    private static Body body(String text, Function<JsonObject, Optional<Body>> reading) {
        if (text.length() > MOST_CHARACTERS) return new Body.Unreadable();
        try {
            return reading.apply(new JsonObject(text)).orElse(new Body.Unreadable());
        } catch (DecodeException | ClassCastException | IllegalArgumentException | ArithmeticException unreadable) {
            return new Body.Unreadable();
        }
    }

    /** Seconds; a date, which the providers at hand do not send, is as good as none. */
    private static Duration retryAfter(Function<String, Optional<String>> headers) {
        return headers.apply("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }
}
