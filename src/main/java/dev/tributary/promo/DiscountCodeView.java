package dev.tributary.promo;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A discount code as the API shows it to staff. */
@Schema(name = "DiscountCode")
record DiscountCodeView(
        @Schema(examples = "dsc_01h455vb4pex5vsknk084sn02q") String id,
        String programId,
        @Schema(nullable = true, description = "null: nobody's") @Nullable String affiliateId,
        @Schema(nullable = true) @Nullable String enrollmentId,
        @Schema(examples = "LAUNCH20") String code,
        @Schema(examples = "Launch campaign") String description,
        Discount.Type discountType,
        @Schema(examples = "2000", description = "Basis points of a percentage, minor units of a fixed amount")
                long discountValue,
        @Schema(nullable = true, examples = "EUR", description = "Of a fixed amount") @Nullable String currency,
        Discount.Span duration,
        @Schema(nullable = true, examples = "3", description = "Of a repeating discount") @Nullable
                Integer durationMonths,
        @Schema(nullable = true, examples = "500", description = "null: any number") @Nullable Integer maxUses,
        @Schema(nullable = true, examples = "1", description = "null: any number") @Nullable Integer maxUsesPerCustomer,
        @Schema(nullable = true, examples = "pro", description = "This plan and those above it; null: any") @Nullable
                String minimumPlan,
        @Schema(description = "Good for these plans alone; empty: all") List<String> plans,
        @Schema(description = "Takes from the price of these SKUs alone; empty: all") List<String> products,
        boolean stackable,
        CodeStatus status,
        @Schema(description = "Its affiliate is not active, so it is not usable") boolean suspended,
        @Schema(nullable = true) @Nullable Instant startsAt,
        @Schema(nullable = true) @Nullable Instant expiresAt,
        @Schema(examples = "137", description = "Reserved or confirmed") int uses,
        @Schema(description = "What those uses take off") Money discountGiven,
        @Schema(nullable = true, examples = "dsb_01h455vb4pex5vsknk084sn02q", description = "Generated with others")
                @Nullable
                String batchId,
        Instant createdAt,
        Instant updatedAt) {
    /** As it is at a moment. */
    static DiscountCodeView of(DiscountCode c, Instant now) {
        return new DiscountCodeView(
                TypeId.DISCOUNT_CODE.format(c.id()),
                TypeId.PROGRAM.format(c.programId()),
                shown(TypeId.AFFILIATE, c.affiliateId()),
                shown(TypeId.ENROLLMENT, c.enrollmentId()),
                c.code(),
                c.description(),
                c.discount().type(),
                c.discount().value(),
                c.discount().currency(),
                c.discount().span(),
                c.discount().months(),
                c.limits().uses(),
                c.limits().usesPerCustomer(),
                c.scope().minimumPlan(),
                c.scope().plans(),
                c.scope().products(),
                c.stackable(),
                c.statusAt(now),
                c.suspended(),
                c.startsAt(),
                c.expiresAt(),
                c.used().uses(),
                new Money(c.used().discountMinor(), c.programCurrency()),
                shown(TypeId.DISCOUNT_BATCH, c.batchId()),
                c.createdAt(),
                c.updatedAt());
    }

    private static @Nullable String shown(TypeId kind, @Nullable UUID id) {
        return id == null ? null : kind.format(id);
    }
}
