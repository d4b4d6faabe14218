package dev.tributary.payout.admin;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.payout.Fees;
import dev.tributary.payout.ProgramTerms;
import dev.tributary.program.Program;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a program pays out, as the API shows it. */
@Schema(name = "PayoutTerms")
record TermsView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(description = "The fixed part of what a payout costs the affiliate") Money fee,
        @Schema(examples = "100", description = "The share of a payout that is kept, in basis points") int feeBps,
        @Schema(nullable = true, description = "Both together are never more; null where nothing limits them") @Nullable
                Money feeMost,
        @Schema(examples = "72", description = "How long a changed destination waits before money goes there")
                int coolingHours,
        @Schema(description = "Whether nobody is paid without a tax form") boolean taxFormRequired,
        @Schema(description = "Whether staff must have looked at that form first") boolean verifiedPapers,
        @Schema(description = "Below this a payout to somebody of low risk goes out without a person; 0 for none")
                Money automaticUnder,
        @Schema(description = "From here on two people approve") Money fourEyesFrom,
        @Schema(examples = "1", description = "The day of the monthly run, in the program's time zone") int dayOfMonth,
        @Schema(description = "Whether trusted affiliates may choose to be paid daily") boolean daily,
        @Schema(description = "Whether trusted affiliates may ask for a payout at any time") boolean requests) {
    static TermsView of(Program program, ProgramTerms terms) {
        Fees fees = terms.fees();
        String currency = program.currency();
        return new TermsView(
                TypeId.PROGRAM.format(program.id()),
                new Money(fees.fixedMinor(), currency),
                fees.bps(),
                fees.mostMinor() == Fees.NO_LIMIT ? null : new Money(fees.mostMinor(), currency),
                (int) terms.cooling().toHours(),
                terms.taxFormRequired(),
                terms.verifiedPapers(),
                new Money(terms.limits().automaticUnder(), currency),
                new Money(terms.limits().fourEyesFrom(), currency),
                terms.dayOfMonth(),
                terms.daily(),
                terms.requests());
    }
}
