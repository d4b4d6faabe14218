package dev.tributary.conversion;

import org.jspecify.annotations.Nullable;

/**
 * What a merchant tells of a customer without telling who it is.
 *
 * @param emailHash SHA-256 of the e-mail address in lower case, as 64 hexadecimal digits
 * @param emailDomain what stands behind the @
 * @param network the customer's address cut to /24 or /48
 * @param country ISO 3166-1, two letters
 */
public record Buyer(
        @Nullable String emailHash, @Nullable String emailDomain, @Nullable String network, @Nullable String country) {
    public static final Buyer UNKNOWN = new Buyer(null, null, null, null);
}
