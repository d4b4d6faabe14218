package dev.tributary.promo;

import dev.tributary.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A checkout session as it shall be opened.
 *
 * @param redemptionId goes into the metadata of the session, of its payment or subscription, as {@code
 *     tributary_redemption} in its public form {@code rdm_...}; there are sessions of one code and of several
 * @param codes in the order in which they apply: one is given as its promotion code, several become one coupon of the
 *     total for this session alone
 * @param discount the exact total that the codes take off
 * @param expiresAt when the reservation ends; the session ends no later than the provider allows after it
 * @param subscription whether the session begins a subscription, else it is one payment
 * @param metadata the merchant's own
 */
public record CheckoutRequest(
        UUID redemptionId,
        UUID programId,
        List<CodeUse> codes,
        Money discount,
        Instant expiresAt,
        boolean subscription,
        List<LineItem> lineItems,
        String successUrl,
        @Nullable String cancelUrl,
        @Nullable String customer,
        @Nullable String clientReferenceId,
        Map<String, String> metadata) {
    /** The metadata in which objects of the provider's carry a redemption. */
    public static final String METADATA = "tributary_redemption";

    public CheckoutRequest {
        codes = List.copyOf(codes);
        lineItems = List.copyOf(lineItems);
        metadata = Map.copyOf(metadata);
    }

    /** One code of the redemption and what it takes off. */
    public record CodeUse(UUID codeId, String code, Money discount) {}

    /** So many of one of the provider's prices. */
    public record LineItem(String price, int quantity) {}
}
