package dev.tributary.payout;

import dev.tributary.fraud.FraudScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How many people must agree before a payout is sent, and why.
 *
 * @param people none for an automatic one, two where four eyes are asked for
 */
public record Approval(int people, List<Reason> reasons) {
    /** Why somebody has to look. */
    public enum Reason {
        RISK_NOT_LOW,
        OVER_LIMIT,
        FOUR_EYES;

        /** The word in JSON and in the database. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A program's limits, in minor units of its currency.
     *
     * @param automaticUnder from here on a person approves; 0 where all payouts are approved by hand
     * @param fourEyesFrom from here on two people approve
     */
    public record Limits(long automaticUnder, long fourEyesFrom) {
        public Limits {
            if (automaticUnder < 0 || fourEyesFrom < automaticUnder)
                throw new IllegalArgumentException("What two people approve is not less than what nobody has to");
        }

        /** What is asked of a payout of this size to somebody with this score. */
        public Approval of(long grossMinor, FraudScore score) {
            List<Reason> reasons = new ArrayList<>();
            if (!score.isLow()) reasons.add(Reason.RISK_NOT_LOW);
            if (grossMinor >= automaticUnder) reasons.add(Reason.OVER_LIMIT);
            if (grossMinor >= fourEyesFrom) reasons.add(Reason.FOUR_EYES);
            return new Approval(grossMinor >= fourEyesFrom ? 2 : reasons.isEmpty() ? 0 : 1, reasons);
        }
    }

    public Approval {
        reasons = List.copyOf(reasons);
    }

    public boolean isAutomatic() {
        return people == 0;
    }

    /**
     * Whether these have agreed enough.
     *
     * @param without those who may not count: who asked for it, and who chose where it goes
     */
    public boolean isGiven(Set<String> approvers, Set<String> without) {
        return approvers.stream().filter(each -> !without.contains(each)).count() >= people;
    }
}
