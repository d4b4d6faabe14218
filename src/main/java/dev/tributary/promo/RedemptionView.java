package dev.tributary.promo;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A redemption as the API shows it. */
@Schema(name = "Redemption")
record RedemptionView(
        @Schema(
                        examples = "rdm_01h455vb4pex5vsknk084sn02q",
                        description = "Put it into Stripe's metadata as tributary_redemption, and it confirms itself")
                String id,
        Redemption.State state,
        String customerExternalId,
        List<Code> codes,
        @Schema(description = "The order before any discount") Money amount,
        @Schema(description = "What all codes take off together") Money discount,
        @Schema(description = "What is left to pay") Money total,
        @Schema(nullable = true, examples = "pro") @Nullable String plan,
        @Schema(nullable = true, examples = "order-10023", description = "The order, once it is confirmed") @Nullable
                String externalId,
        @Schema(implementation = Money.class, nullable = true, description = "What was paid, once it is confirmed")
                @Nullable
                Money paid,
        @Schema(description = "When it is released unless it is confirmed") Instant expiresAt,
        Instant createdAt,
        @Schema(nullable = true) @Nullable Instant confirmedAt,
        @Schema(nullable = true) @Nullable Instant releasedAt,
        @Schema(nullable = true) Redemption.@Nullable Release releaseReason,
        @Schema(nullable = true, description = "Where one was asked for") @Nullable CheckoutSession checkoutSession) {

    /** One of the codes and what it takes off. */
    @Schema(name = "RedeemedCode")
    record Code(
            @Schema(examples = "LAUNCH20") String code,
            @Schema(examples = "dsc_01h455vb4pex5vsknk084sn02q") String discountCodeId,
            @Schema(nullable = true, description = "Whose it is") @Nullable String affiliateId,
            Money discount,
            @Schema(
                            nullable = true,
                            examples = "promo_1MiM6KLkdIwHu7ixrIaX4wgn",
                            description = "Stripe's promotion code that stands for it; null while there is none")
                    @Nullable
                    String promotionCodeId) {}

    /** With the promotion codes of those that have one. */
    static RedemptionView of(Redemption r, Map<UUID, String> promotionCodes) {
        String currency = r.amount().currency();
        return new RedemptionView(
                TypeId.REDEMPTION.format(r.id()),
                r.state(),
                r.customer(),
                r.uses().stream()
                        .map(use -> code(use, currency, promotionCodes))
                        .toList(),
                r.amount(),
                r.discount(),
                r.total(),
                r.plan(),
                r.externalId(),
                r.paidMinor() == null ? null : new Money(r.paidMinor(), currency),
                r.expiresAt(),
                r.createdAt(),
                r.confirmedAt(),
                r.releasedAt(),
                r.released(),
                null);
    }

    private static Code code(Redemption.Use use, String currency, Map<UUID, String> promotionCodes) {
        return new Code(
                use.code(),
                TypeId.DISCOUNT_CODE.format(use.codeId()),
                use.affiliateId() == null ? null : TypeId.AFFILIATE.format(use.affiliateId()),
                new Money(use.discountMinor(), currency),
                promotionCodes.get(use.codeId()));
    }

    /** The same with the page on which it is paid. */
    RedemptionView with(CheckoutSession session) {
        return new RedemptionView(
                id,
                state,
                customerExternalId,
                codes,
                amount,
                discount,
                total,
                plan,
                externalId,
                paid,
                expiresAt,
                createdAt,
                confirmedAt,
                releasedAt,
                releaseReason,
                session);
    }
}
