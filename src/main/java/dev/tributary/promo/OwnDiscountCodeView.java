package dev.tributary.promo;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A discount code as the API shows it to its affiliate: without notes of staff. */
@Schema(name = "OwnDiscountCode")
record OwnDiscountCodeView(
        @Schema(examples = "dsc_01h455vb4pex5vsknk084sn02q") String id,
        String programId,
        @Schema(examples = "ECO10") String code,
        Discount.Type discountType,
        @Schema(examples = "1000", description = "Basis points of a percentage, minor units of a fixed amount")
                long discountValue,
        @Schema(nullable = true, examples = "EUR", description = "Of a fixed amount") @Nullable String currency,
        Discount.Span duration,
        @Schema(nullable = true, examples = "3", description = "Of a repeating discount") @Nullable
                Integer durationMonths,
        @Schema(nullable = true, examples = "500", description = "null: any number") @Nullable Integer maxUses,
        @Schema(nullable = true, examples = "pro", description = "This plan and those above it; null: any") @Nullable
                String minimumPlan,
        @Schema(description = "Good for these plans alone; empty: all") List<String> plans,
        @Schema(description = "Takes from the price of these SKUs alone; empty: all") List<String> products,
        CodeStatus status,
        @Schema(description = "Your account is not active, so the code is not usable") boolean suspended,
        @Schema(nullable = true) @Nullable Instant startsAt,
        @Schema(nullable = true) @Nullable Instant expiresAt,
        @Schema(examples = "137", description = "Reserved or confirmed") int uses,
        @Schema(description = "What those uses take off") Money discountGiven,
        Instant createdAt) {
    static OwnDiscountCodeView of(DiscountCode c, Instant now) {
        return new OwnDiscountCodeView(
                TypeId.DISCOUNT_CODE.format(c.id()),
                TypeId.PROGRAM.format(c.programId()),
                c.code(),
                c.discount().type(),
                c.discount().value(),
                c.discount().currency(),
                c.discount().span(),
                c.discount().months(),
                c.limits().uses(),
                c.scope().minimumPlan(),
                c.scope().plans(),
                c.scope().products(),
                c.statusAt(now),
                c.suspended(),
                c.startsAt(),
                c.expiresAt(),
                c.used().uses(),
                new Money(c.used().discountMinor(), c.programCurrency()),
                c.createdAt());
    }
}
