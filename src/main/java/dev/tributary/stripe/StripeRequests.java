package dev.tributary.stripe;

import com.stripe.exception.StripeException;
import com.stripe.net.ApiMode;
import com.stripe.net.ApiResource.RequestMethod;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Requests of Stripe as stripe-java makes them, with its headers and its version of the API, for whoever must carry them
 * himself: {@link StripeCalls} asks again where that may help, and below stripe-java the JDK repeats a POST on a connection
 * that broke. What must be sent once, and not after a certain moment, is sent by a client that does neither.
 */
@ApplicationScoped
public class StripeRequests {
    private final StripeConfig config;

    StripeRequests(StripeConfig config) {
        this.config = config;
    }

    /**
     * A request that changes something, ready to be written.
     *
     * @param headers the secret key's among them
     * @param form encoded
     */
    public record Post(URI url, Map<String, String> headers, String form) {}

    /** Fails with an {@link IllegalStateException} where no key of the API is set. */
    public Post post(String path, String form, String idempotencyKey) {
        String key = config.apiKey().orElseThrow(() -> new IllegalStateException("No Stripe key is set"));
        RequestOptions options = RequestOptions.builder()
                .setApiKey(key)
                .setIdempotencyKey(idempotencyKey)
                .build();
        try {
            StripeRequest request = StripeRequest.createWithStringContent(
                    RequestMethod.POST, config.apiBase() + path, form, options, ApiMode.V1);
            Map<String, String> headers = new HashMap<>();
            request.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
            headers.put("Content-Type", request.content().contentType());
            return new Post(URI.create(request.url().toString()), headers, form);
        } catch (StripeException e) {
            throw new IllegalStateException("A request cannot be made", e);
        }
    }
}
