package dev.tributary.payout.admin;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.money.Money;
import dev.tributary.money.Shares;
import dev.tributary.payout.Approval;
import dev.tributary.payout.Fees;
import dev.tributary.payout.ProgramTerms;
import dev.tributary.problem.FieldErrors;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a program's terms are changed to; fields left out stay as they are. Amounts are in the program's currency. */
@Schema(name = "PayoutTermsInput")
record TermsInput(
        @Nullable Money fee,
        @Schema(examples = "100") @Nullable Integer feeBps,
        @Schema(implementation = Money.class, description = "null takes the limit away") @Nullable
                Optional<Money> feeMost,
        @Schema(examples = "72", description = "0 to 720") @Nullable Integer coolingHours,
        @Nullable Boolean taxFormRequired,
        @Nullable Boolean verifiedPapers,
        @Schema(description = "0: staff approve every payout") @Nullable Money automaticUnder,
        @Schema(description = "Not less than automaticUnder") @Nullable Money fourEyesFrom,
        @Schema(examples = "1", description = "1 to 28") @Nullable Integer dayOfMonth,
        @Nullable Boolean daily,
        @Nullable Boolean requests) {
    private static final int LATEST_DAY = 28;

    ProgramTerms over(ProgramTerms old, String currency) {
        FieldErrors errors = new FieldErrors();
        long automatic = amount("automaticUnder", automaticUnder, old.limits().automaticUnder(), currency, errors);
        long four = amount("fourEyesFrom", fourEyesFrom, old.limits().fourEyesFrom(), currency, errors);
        errors.allow(four >= automatic, "fourEyesFrom", "out_of_range", "fourEyesFrom is not less than automaticUnder");
        Fees fees = fees(old.fees(), currency, errors);
        int hours = requireNonNullElse(coolingHours, (int) old.cooling().toHours());
        int day = requireNonNullElse(dayOfMonth, old.dayOfMonth());
        long longest = ProgramTerms.LONGEST_COOLING.toHours();
        errors.require(
                        hours >= 0 && hours <= longest,
                        "coolingHours",
                        "out_of_range",
                        "coolingHours is 0 to " + longest)
                .require(day >= 1 && day <= LATEST_DAY, "dayOfMonth", "out_of_range", "dayOfMonth is 1 to 28")
                .done();
        return new ProgramTerms(
                fees,
                Duration.ofHours(hours),
                requireNonNullElse(taxFormRequired, old.taxFormRequired()),
                requireNonNullElse(verifiedPapers, old.verifiedPapers()),
                new Approval.Limits(automatic, four),
                day,
                requireNonNullElse(daily, old.daily()),
                requireNonNullElse(requests, old.requests()));
    }

    private Fees fees(Fees old, String currency, FieldErrors errors) {
        long fixed = amount("fee", fee, old.fixedMinor(), currency, errors);
        int bps = requireNonNullElse(feeBps, old.bps());
        boolean share = Shares.isShare(bps);
        errors.require(share, "feeBps", "out_of_range", "feeBps is 0 to " + Shares.WHOLE);
        return new Fees(fixed, share ? bps : 0, most(old, currency, errors));
    }

    private long most(Fees old, String currency, FieldErrors errors) {
        if (feeMost == null) return old.mostMinor();
        return feeMost.map(money -> amount("feeMost", money, 0, currency, errors))
                .orElse(Fees.NO_LIMIT);
    }

    /** 0 where it cannot be, which is noted. */
    private static long amount(String field, @Nullable Money money, long old, String currency, FieldErrors errors) {
        if (money == null) return old;
        boolean held = money.amount() >= 0 && money.amount() <= ProgramTerms.MOST_MONEY;
        errors.allow(
                        money.currency().equals(currency),
                        field + ".currency",
                        "other_currency",
                        "The program's currency is " + currency)
                .allow(
                        held,
                        field + ".amount",
                        "out_of_range",
                        "%s is 0 to %d minor units".formatted(field, ProgramTerms.MOST_MONEY));
        return held ? money.amount() : 0;
    }
}
