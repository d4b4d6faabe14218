package dev.tributary.money;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An amount of one currency, in JSON as here.
 *
 * @param amount minor units, such as cents; a currency without any counts whole units
 * @param currency ISO 4217
 */
@Schema(name = "Money")
public record Money(
        @Schema(examples = "5000", description = "In minor units, such as cents") long amount,
        @Schema(examples = "USD", description = "ISO 4217") String currency) {
    public Money {
        if (currency == null || !currency.matches("[A-Z]{3}"))
            throw new IllegalArgumentException("A currency is three capital letters");
    }
}
