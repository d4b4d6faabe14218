package dev.tributary.payout;

import dev.tributary.money.Shares;

/**
 * How one payout is divided, in minor units of one currency.
 *
 * @param gross what is reserved: what the affiliate earned
 * @param fee kept for the payout itself
 * @param withheld kept back for the tax authority
 */
public record Amounts(long gross, long fee, long withheld, String currency) {
    public Amounts {
        if (gross <= 0 || fee < 0 || withheld < 0) throw new IllegalArgumentException("A payout is more than 0");
        if (Math.subtractExact(Math.subtractExact(gross, fee), withheld) <= 0)
            throw new IllegalArgumentException("Nothing of %d is left to send".formatted(gross));
        if (!currency.matches("[A-Z]{3}")) throw new IllegalArgumentException("A currency is three capital letters");
    }

    /** What is sent. */
    public long net() {
        return gross - fee - withheld;
    }

    /**
     * The part of what was withheld that goes back with so much of the net, counted from the start, so that the parts of any
     * number of returns sum to the whole. The fee does not: the rail keeps it too.
     */
    public long withheldWith(long returnedNet) {
        return Shares.proportion(withheld, Math.min(returnedNet, net()), net());
    }
}
