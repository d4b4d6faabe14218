package dev.tributary.commission.rule;

import dev.tributary.money.Shares;
import java.math.BigDecimal;

/**
 * One summand of a commission: a share of something. A flat amount is all of itself.
 *
 * @param of what it is a share of, for people: {@code sale}, {@code sku:SOFA-1}, {@code flat}
 * @param amountMinor minor units of the conversion's currency, never below 0
 */
public record Term(String of, long amountMinor, int bps) {
    public Term {
        if (amountMinor < 0 || !Shares.isShare(bps))
            throw new IllegalArgumentException("%d basis points of %d".formatted(bps, amountMinor));
    }

    static Term flat(String of, long amountMinor) {
        return new Term(of, amountMinor, Shares.WHOLE);
    }

    public BigDecimal exact() {
        return Shares.exact(BigDecimal.valueOf(amountMinor), bps);
    }
}
