package dev.tributary.promo;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of the payment provider's, on which a buyer pays. */
@Schema(name = "CheckoutSession")
public record CheckoutSession(
        @Schema(examples = "cs_test_a1b2c3", description = "The provider's id") String id,
        @Schema(examples = "https://checkout.stripe.com/c/pay/cs_test_a1b2c3", description = "Send the buyer there")
                String url,
        Instant expiresAt) {}
