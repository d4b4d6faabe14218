package dev.tributary.payout.rail;

import java.time.Duration;
import java.util.Set;

/**
 * What can be relied on at a provider, from its documentation; what is not documented is not relied on.
 *
 * @param keyWindow how long the provider surely knows a key again; zero where it knows none
 * @param looksUp whether it can be asked what became of a payout by our own id, though it never answered
 * @param follows whether it can be asked about a transfer that it told us the id of
 * @param pollEvery how often to ask about one that is pending there
 * @param codes what its error codes mean
 */
public record Traits(Duration keyWindow, boolean looksUp, boolean follows, Duration pollEvery, Codes codes) {
    /**
     * The documented error codes that mean something; any other means doubt.
     *
     * @param refused nothing was done, and the same again would be refused again
     * @param outOfFunds nothing was done, for want of our own money there
     * @param keyReused the key was used before, with another body
     * @param inProgress another attempt with the key is being carried out
     */
    public record Codes(Set<String> refused, Set<String> outOfFunds, Set<String> keyReused, Set<String> inProgress) {
        public static final Codes NONE = new Codes(Set.of(), Set.of(), Set.of(), Set.of());

        public Codes {
            refused = Set.copyOf(refused);
            outOfFunds = Set.copyOf(outOfFunds);
            keyReused = Set.copyOf(keyReused);
            inProgress = Set.copyOf(inProgress);
        }
    }

    public Traits {
        if (keyWindow.isNegative() || pollEvery.isNegative() || pollEvery.isZero())
            throw new IllegalArgumentException("Durations are not below 0, and nobody is asked without a pause");
    }

    /** Whether sending twice is one payout. */
    public boolean isKeyed() {
        return !keyWindow.isZero();
    }
}
