package dev.tributary.promo;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a code takes off, and of how many payments.
 *
 * @param value basis points of a percentage, 0 to 10,000; minor units of a fixed amount, above 0
 * @param currency of a fixed amount, else null
 * @param months how many a repeating one lasts, else null
 */
public record Discount(Type type, long value, @Nullable String currency, Span span, @Nullable Integer months) {
    /** Nothing: such a code only tells who brought the buyer. */
    public static final Discount NONE = new Discount(Type.PERCENTAGE, 0, null, Span.ONCE, null);

    /** How the value is read. */
    @Schema(name = "DiscountType")
    public enum Type {
        PERCENTAGE,
        FIXED_AMOUNT;

        /** The word in JSON and in the database. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Type of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Of which payments of a subscription it is taken: the first, those of some months, or all. */
    @Schema(name = "DiscountDuration")
    public enum Span {
        ONCE,
        REPEATING,
        FOREVER;

        /** The word in JSON and in the database. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Span of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public Discount {
        if (value < 0 || type == Type.PERCENTAGE && value > 10_000)
            throw new IllegalArgumentException("Not a discount: " + value);
        if ((type == Type.FIXED_AMOUNT) != (currency != null) || (span == Span.REPEATING) != (months != null))
            throw new IllegalArgumentException("A %s discount %s".formatted(type.word(), span.word()));
    }

    /** Whether it takes anything off. */
    public boolean isSomething() {
        return value > 0;
    }
}
