package dev.tributary.payout.rail;

import dev.tributary.money.Money;
import java.util.UUID;

/**
 * One payout as it is sent: frozen when it is first claimed, the same bytes under the same key for ever.
 *
 * @param amount what leaves, after fees and withheld tax
 * @param destination the rail's own name of the payee, such as {@code acct_...}
 * @param key what the provider knows a repetition by; also sent to rails that ignore it, for people to search by
 * @param body as the provider reads it
 */
public record Instruction(UUID payoutId, Money amount, String destination, String key, String body) {
    /** Stripe's limit; the others take as many. */
    static final int MAX_KEY = 255;
    /** Ten times the longest body that any rail needs. */
    static final int MAX_BODY = 16_384;

    public Instruction {
        if (amount.amount() <= 0) throw new IllegalArgumentException("A payout is more than 0");
        if (destination.isBlank()) throw new IllegalArgumentException("A payout has a destination");
        if (key.isBlank() || key.length() > MAX_KEY)
            throw new IllegalArgumentException("A key has 1 to " + MAX_KEY + " characters");
        if (body.length() > MAX_BODY)
            throw new IllegalArgumentException("A body has at most " + MAX_BODY + " characters");
    }
}
