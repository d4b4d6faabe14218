package dev.tributary.stripe;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What Stripe remembers by {@code Idempotency-Key}: the answer, 500 included, once execution began; nothing of what
 * validation refused.
 */
final class StubKeys {
    private record Kept(String request, StubAnswer answer, boolean underWay) {}

    private final Map<String, Kept> byKey = new HashMap<>();

    /** The answer that is kept; a refusal of what does not fit it; empty for a key that is new. */
    Optional<StubAnswer> find(String key, String request) {
        Kept kept = byKey.get(key);
        if (kept == null) return Optional.empty();
        if (!kept.request.equals(request))
            throw new StubRefusal(
                    400,
                    "idempotency_error",
                    null,
                    "Keys for idempotent requests can only be used with the same parameters they were first used with.",
                    null);
        if (kept.underWay)
            throw new StubRefusal(
                    409,
                    "idempotency_error",
                    "idempotency_key_in_use",
                    "There is currently another in-progress request using this Idempotent Key.",
                    null);
        return Optional.of(kept.answer.again());
    }

    /** It has its effect and no end. */
    void begin(String key, String request, StubAnswer answer) {
        byKey.put(key, new Kept(request, answer, true));
    }

    void end() {
        byKey.replaceAll((key, kept) -> new Kept(kept.request, kept.answer, false));
    }

    void keep(String key, String request, StubAnswer answer) {
        byKey.put(key, new Kept(request, answer, false));
    }

    void prune() {
        byKey.clear();
    }

    /** An answer, whole. */
    record StubAnswer(int status, String body, boolean replayed) {
        static StubAnswer of(int status, JsonObject body) {
            return new StubAnswer(status, body.encode(), false);
        }

        StubAnswer again() {
            return new StubAnswer(status, body, true);
        }
    }
}
