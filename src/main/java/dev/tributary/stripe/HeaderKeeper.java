package dev.tributary.stripe;

import com.stripe.exception.StripeException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpURLConnectionClient;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The HTTP client of one attempt: stripe-java's own, which keeps what its exceptions leave out. Used on one thread. */
final class HeaderKeeper extends HttpClient {
    private final HttpClient client = new HttpURLConnectionClient();
    private @Nullable StripeResponse seen;

    @Override
    public StripeResponse request(StripeRequest request) throws StripeException {
        StripeResponse response = client.request(request);
        seen = response;
        return response;
    }

    /** Of HTTP; 0 without an answer. */
    int status() {
        return seen == null ? 0 : seen.code();
    }

    /** Whether this is the answer to an earlier attempt under the same key. */
    boolean replayed() {
        return "true".equals(header("Idempotent-Replayed"));
    }

    /** Null where Stripe asks for none. */
    @Nullable
    Duration retryAfter() {
        String seconds = header("Retry-After");
        return seconds != null && seconds.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    private @Nullable String header(String name) {
        return seen == null ? null : seen.headers().firstValue(name).orElse(null);
    }
}
