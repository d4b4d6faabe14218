package dev.tributary.promo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.money.Money;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An order at checkout, and the codes that its buyer typed. */
@Schema(name = "ApplyInput")
record ApplyInput(
        @Schema(
                        examples = "[\"LAUNCH20\"]",
                        required = true,
                        description = "1 to 5 in the order in which they were typed; several must all be stackable")
                @Nullable
                List<@Nullable String> codes,
        @Schema(
                        examples = "user-4711",
                        required = true,
                        description = "The merchant's id of the customer, by which uses are limited")
                @Nullable
                String customerExternalId,
        @Schema(
                        implementation = Money.class,
                        required = true,
                        description = "Of the whole order before any discount, in the program's currency")
                @Nullable
                JsonNode amount,
        @Schema(examples = "pro", description = "The slug of the program's plan that is bought") @Nullable String plan,
        @Schema(description = "What of the amount is for which product, at most 100") @Nullable
                List<@Nullable Item> items,
        @Schema(examples = "30", description = "For how many minutes the uses are reserved: 5 to 1440, 30 unless given")
                @Nullable
                Integer reserveMinutes,
        @Schema(description = "SHA-256 of the customer's e-mail address in lower case: tells own use by affiliates")
                @Nullable
                String customerEmailHash,
        @Schema(description = "Opens a Stripe Checkout Session with the discount") @Nullable Session checkoutSession) {

    /** What of the amount is for one product. */
    @Schema(name = "ApplyItemInput")
    record Item(
            @Schema(examples = "EBOOK-7", required = true) @Nullable String sku,
            @Schema(
                            implementation = Long.class,
                            examples = "1999",
                            required = true,
                            description = "Of the whole line, in minor units")
                    @Nullable
                    JsonNode amount) {}

    /** A Checkout Session as it shall be opened. */
    @Schema(name = "CheckoutSessionInput")
    record Session(
            @Schema(
                            examples = "payment",
                            required = true,
                            enumeration = {"payment", "subscription"})
                    @Nullable
                    String mode,
            @Schema(required = true, description = "1 to 100 of Stripe's prices") @Nullable
                    List<@Nullable SessionItem> lineItems,
            @Schema(examples = "https://shop.example.com/thanks", required = true) @Nullable String successUrl,
            @Schema(examples = "https://shop.example.com/cart") @Nullable String cancelUrl,
            @Schema(examples = "cus_NffrFeUfNV2Hib", description = "Stripe's id of the customer") @Nullable
                    String customer,
            @Schema(examples = "clk_01h455vb4pex5vsknk084sn02q") @Nullable String clientReferenceId,
            @Schema(description = "The merchant's own, at most 20 lines") @Nullable
                    Map<String, @Nullable String> metadata) {}

    /** So many of one price. */
    @Schema(name = "CheckoutItemInput")
    record SessionItem(
            @Schema(examples = "price_1MotwRLkdIwHu7ixYcPLm5uZ", required = true) @Nullable String price,
            @Schema(examples = "1", description = "1 unless given") @Nullable Integer quantity) {}
}
