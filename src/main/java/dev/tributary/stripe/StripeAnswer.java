package dev.tributary.stripe;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of a call, after the attempts it was worth. Only {@link Unknown} leaves open whether it had its effect. */
public sealed interface StripeAnswer<T> {
    /** In words for people; never names of buyers. */
    String told();

    default Optional<T> value() {
        return Optional.empty();
    }

    /** @param replayed whether Stripe repeated the answer to an earlier attempt under the same key */
    record Done<T>(T result, boolean replayed) implements StripeAnswer<T> {
        @Override
        public String told() {
            return replayed ? "done before" : "done";
        }

        @Override
        public Optional<T> value() {
            return Optional.of(result);
        }
    }

    /**
     * It had no effect, and would have none if asked again as it is.
     *
     * @param status of HTTP
     * @param type such as {@code invalid_request_error}
     * @param code such as {@code resource_missing}; often none
     */
    record Refused<T>(int status, @Nullable String type, @Nullable String code, String told)
            implements StripeAnswer<T> {
        /** What it names is not there. */
        public boolean missing() {
            return status == 404 || "resource_missing".equals(code);
        }

        /** What it would create is there already. */
        public boolean exists() {
            return "resource_already_exists".equals(code);
        }

        /** The idempotency key was used before, with another content. */
        public boolean mismatched() {
            return "idempotency_error".equals(type);
        }

        /** Not the call but our key is refused: it is wrong, or lacks a permission. */
        public boolean denied() {
            return status == 401 || status == 403;
        }
    }

    /** It had no effect: Stripe was not reached, or wants fewer calls. The same may be asked again, not before {@code after}. */
    record NotNow<T>(Duration after, String told) implements StripeAnswer<T> {}

    /**
     * It may have had its effect.
     *
     * @param spent whether the key answers the same failure from now on: look the effect up, then take another key.
     *     Otherwise the same key may be asked again within a day of its first use.
     */
    record Unknown<T>(boolean spent, String told) implements StripeAnswer<T> {}
}
