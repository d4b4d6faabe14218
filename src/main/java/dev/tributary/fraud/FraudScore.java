package dev.tributary.fraud;

import java.time.Instant;
import java.util.List;

/**
 * How far an affiliate is to be mistrusted. Not scored is an answer of its own: neither low nor high, so that nobody is
 * trusted because nobody looked.
 */
public sealed interface FraudScore {
    /** Below this nothing but chance speaks against an affiliate: no single signal that counts weighs less. */
    int LOW_BELOW = 20;
    /** From here on an affiliate is stopped until somebody has looked. */
    int HIGH_FROM = 60;

    FraudScore UNSCORED = new Unscored();

    /** Whether what needs trust, such as a payout without a person's approval, may go on. */
    boolean isLow();

    /** Whether what is under way, such as a payout, must stop. */
    boolean isHigh();

    /** Nobody looked yet. */
    record Unscored() implements FraudScore {
        @Override
        public boolean isLow() {
            return false;
        }

        @Override
        public boolean isHigh() {
            return false;
        }
    }

    /**
     * @param score 0 to 100
     * @param reasons the rules that added to it, at most {@value #MOST_REASONS}
     */
    record Scored(int score, List<String> reasons, Instant scoredAt) implements FraudScore {
        static final int MOST_REASONS = 20;

        public Scored {
            reasons = List.copyOf(reasons);
            if (score < 0 || score > 100 || reasons.size() > MOST_REASONS)
                throw new IllegalArgumentException("A score is 0 to 100, with at most " + MOST_REASONS + " reasons");
        }

        @Override
        public boolean isLow() {
            return score < LOW_BELOW;
        }

        @Override
        public boolean isHigh() {
            return score >= HIGH_FROM;
        }
    }
}
