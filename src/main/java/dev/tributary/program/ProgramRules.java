package dev.tributary.program;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tributary.money.Money;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a program pays for, how much and when.
 *
 * @param baseRateBps the share of a sale in basis points, where no tier says otherwise
 * @param holdDays how long a commission stays pending, so that refunds are over before it is paid
 * @param minPayoutMinor what a balance must reach to be paid, in minor units of the program's currency
 * @param features the program's own words for what it offers, at most {@value #MOST_FEATURES}
 * @param autoApprove whether an application that nothing speaks against is approved at once
 * @param leaderboard whether its affiliates may see how they rank
 * @param twoTier whether recruiters share in what their recruits earn
 * @param milestoneClawback whether refunds take the bonus of a milestone back, where the milestone does not say itself
 */
public record ProgramRules(
        int baseRateBps,
        Attribution attribution,
        int holdDays,
        long minPayoutMinor,
        List<String> features,
        boolean autoApprove,
        boolean leaderboard,
        boolean twoTier,
        boolean milestoneClawback) {
    /** All of a sale. */
    static final int WHOLE = 10_000;
    /** Ten thousand million of a currency with two minor digits: far from overflow when amounts are summed. */
    static final long MOST_MONEY = 1_000_000_000_000L;

    static final int MOST_FEATURES = 50;
    static final ProgramRules DEFAULT =
            new ProgramRules(1_000, Attribution.LAST_CLICK, 30, 5_000, List.of(), false, false, false, true);

    /** Who gets credit where several clicks led to one conversion. */
    @Schema(name = "AttributionModel")
    public enum Attribution {
        LAST_CLICK,
        FIRST_CLICK,
        LINEAR,
        TIME_DECAY,
        POSITION_BASED;

        /** The word in JSON and in the database. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Attribution of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public ProgramRules {
        features = List.copyOf(features);
    }

    void check(FieldErrors errors) {
        errors.require(isShare(baseRateBps), "baseRateBps", "out_of_range", "baseRateBps is 0 to " + WHOLE)
                .require(holdDays >= 0 && holdDays <= 365, "holdDays", "out_of_range", "holdDays is 0 to 365")
                .require(
                        features.size() <= MOST_FEATURES,
                        "features",
                        "too_many",
                        "At most " + MOST_FEATURES + " features");
        for (int i = 0; i < Math.min(features.size(), MOST_FEATURES); i++) {
            errors.require(
                    features.get(i).matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}"),
                    "features[" + i + "]",
                    "malformed",
                    "A feature is 1 to 64 of letters, digits, blanks, . _ and -");
        }
    }

    static boolean isShare(int bps) {
        return bps >= 0 && bps <= WHOLE;
    }

    /** The minor units of an amount that must be in the program's currency and not below zero; 422 otherwise. */
    static long amount(String field, Money money, String currency) {
        if (!money.currency().equals(currency))
            throw Problem.value(field + ".currency", "other_currency", "The program's currency is " + currency);
        if (money.amount() < 0 || money.amount() > MOST_MONEY)
            throw Problem.value(field + ".amount", "out_of_range", field + " is 0 to " + MOST_MONEY + " minor units");
        return money.amount();
    }
}
