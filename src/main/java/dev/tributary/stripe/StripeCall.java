package dev.tributary.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thing asked of Stripe.
 *
 * @param name what it is, for metrics and the log, such as {@code coupon.create}
 * @param key the {@code Idempotency-Key} under which it may be asked again for a day and has its effect once; null of what
 *     has the same effect however often it is asked: reads and deletions
 * @param patience how long an answer may take, attempts and pauses included
 */
public record StripeCall<T>(String name, @Nullable String key, Duration patience, Body<T> body) {
    /** What Stripe takes. */
    private static final int LONGEST_KEY = 255;

    /** The call itself, which blocks; the options carry key and deadlines and must be passed on. */
    @FunctionalInterface
    public interface Body<T> {
        T send(StripeClient client, RequestOptions options) throws StripeException;
    }

    public StripeCall {
        if (key != null && (key.isEmpty() || key.length() > LONGEST_KEY))
            throw new IllegalArgumentException("An idempotency key has 1 to 255 characters");
    }

    /** Reads, or does what may be done twice. */
    public static <T> StripeCall<T> repeatable(String name, Duration patience, Body<T> body) {
        return new StripeCall<>(name, null, patience, body);
    }

    /** Creates or moves something. */
    public static <T> StripeCall<T> once(String name, String key, Duration patience, Body<T> body) {
        return new StripeCall<>(name, key, patience, body);
    }
}
