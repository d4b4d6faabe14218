package dev.tributary.promo.stripe;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.promo.CodeStatus;
import dev.tributary.promo.Discount;
import dev.tributary.promo.DiscountCode;
import dev.tributary.stripe.StripeUnits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe should hold of a code. The coupon is what it takes off; the promotion code is its text with limit and end.
 * Of both Stripe lets almost nothing change, so each has a mark of what it was made from, and another mark means another
 * object. Stripe knows neither plans nor a limit a customer: those hold for what is applied here.
 *
 * @param now when it is looked at
 */
record Wanted(DiscountCode code, Instant now) {
    /** Stripe's own rule; other texts are codes here alone. */
    private static final String TEXT = "[A-Za-z0-9-]{1,500}";

    private static final String PRODUCT = "prod_[A-Za-z0-9]+";

    String codeId() {
        return TypeId.DISCOUNT_CODE.format(code.id());
    }

    /** The id that a coupon made now gets: made twice, it is refused. */
    String couponId() {
        return codeId() + "-" + code.version();
    }

    /** Why Stripe cannot have it; empty where it can. */
    Optional<String> unfit() {
        if (!code.code().matches(TEXT))
            return Optional.of("Stripe takes letters without accents, digits and dashes in a promotion code");
        if (!code.scope().products().stream().allMatch(product -> product.matches(PRODUCT)))
            return Optional.of("Stripe knows products only by its own ids, prod_...");
        if (!amountFits()) return Optional.of("Stripe takes no such amount of this currency");
        return Optional.empty();
    }

    /** The fixed amount as Stripe counts it. */
    Optional<Long> amountOff() {
        Discount discount = code.discount();
        if (discount.currency() == null) return Optional.empty();
        return StripeUnits.of(new Money(discount.value(), discount.currency()));
    }

    /** Whether a coupon can say what it takes off. */
    boolean hasCoupon() {
        return code.discount().isSomething() && code.scope().products().isEmpty() && amountFits();
    }

    private boolean amountFits() {
        return code.discount().type() == Discount.Type.PERCENTAGE || amountOff().isPresent();
    }

    /** Whether buyers may use it now, and Stripe has a part in that. */
    boolean isUsable() {
        return code.discount().isSomething() && code.isOpenAt(now) && unfit().isEmpty();
    }

    boolean isArchived() {
        return code.status() == CodeStatus.ARCHIVED;
    }

    /** Uses that are left; null = any number. */
    @Nullable
    Long left() {
        Integer most = code.limits().uses();
        return most == null ? null : (long) most - code.used().uses();
    }

    /** When it is to be looked at again though nobody changes it; null = never. */
    @Nullable
    Instant again() {
        return code.startsAt() != null && now.isBefore(code.startsAt()) ? code.startsAt() : null;
    }

    String couponMark() {
        Discount discount = code.discount();
        return mark(
                discount.type(),
                discount.value(),
                discount.currency(),
                discount.span(),
                discount.months(),
                code.scope().products().stream().sorted().toList());
    }

    String promotionMark() {
        return mark(code.code(), code.limits().uses(), code.expiresAt());
    }

    private static String mark(@Nullable Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) text.append(part).append('\n');
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
