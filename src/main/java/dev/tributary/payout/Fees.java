package dev.tributary.payout;

import dev.tributary.money.Shares;

/**
 * What a payout costs the affiliate: a fixed part and a share, at most so much.
 *
 * @param fixedMinor minor units of the payout's currency
 * @param bps of what is paid out, rounded half-even
 * @param mostMinor the sum of both is never more; {@link #NO_LIMIT} where nothing limits it
 */
public record Fees(long fixedMinor, int bps, long mostMinor) {
    public static final long NO_LIMIT = Long.MAX_VALUE;
    public static final Fees NONE = new Fees(0, 0, NO_LIMIT);

    public Fees {
        if (fixedMinor < 0 || mostMinor < 0 || !Shares.isShare(bps))
            throw new IllegalArgumentException("A fee is not below 0, and a share is 0 to " + Shares.WHOLE);
    }

    public long of(long grossMinor) {
        return Math.min(mostMinor, Math.addExact(fixedMinor, Shares.of(grossMinor, bps)));
    }
}
