package dev.tributary.stripe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Stripe-Signature}: {@code t=<seconds>,v1=<hex>[,v1=<hex>...]}, each {@code v1} the HMAC-SHA256 of
 * {@code t + "." + body} under one of the endpoint's secrets. Other schemes, such as the test-only {@code v0}, count nothing.
 *
 * @see <a href="https://docs.stripe.com/webhooks#verify-manually">Stripe: verify webhook signatures manually</a>
 */
record StripeSignature(String timestamp, List<byte[]> signatures) {
    /** How far Stripe's clock may be from ours, either way: an event that somebody kept is of no use later. */
    static final Duration TOLERANCE = Duration.ofSeconds(300);
    /** Two secrets overlap for a day when one is rolled; more is noise, and each costs a comparison. */
    private static final int MOST_SIGNATURES = 10;

    private static final int MOST_CHARACTERS = 4_096;
    private static final String ALGORITHM = "HmacSHA256";

    /** Empty where the header is not of that form, whatever it holds. */
    static Optional<StripeSignature> parse(@Nullable String header) {
        if (header == null || header.length() > MOST_CHARACTERS) return Optional.empty();
        String timestamp = null;
        List<byte[]> signatures = new ArrayList<>();
        for (String part : header.split(",")) {
            String[] pair = part.trim().split("=", 2);
            if (pair.length != 2) return Optional.empty();
            if (pair[0].equals("t") && timestamp == null && pair[1].matches("[0-9]{1,12}")) timestamp = pair[1];
            else if (pair[0].equals("t")) return Optional.empty();
            if (pair[0].equals("v1") && pair[1].matches("[0-9a-f]{64}"))
                signatures.add(HexFormat.of().parseHex(pair[1]));
        }
        if (timestamp == null || signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) return Optional.empty();
        return Optional.of(new StripeSignature(timestamp, signatures));
    }

    /** Whether one of the secrets signed this body, not longer ago than tolerated and not in the future. */
    boolean proves(byte[] body, Collection<String> secrets, Instant now) {
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs();
        if (age.compareTo(TOLERANCE) > 0) return false;
        boolean proven = false;
        for (String secret : secrets) {
            byte[] expected = sign(secret, timestamp, body);
            // Every pair is compared, so that the time taken tells nothing.
            for (byte[] signature : signatures) proven |= MessageDigest.isEqual(expected, signature);
        }
        return proven;
    }

    static byte[] sign(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
