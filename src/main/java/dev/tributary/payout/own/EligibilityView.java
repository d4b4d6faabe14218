package dev.tributary.payout.own;

import dev.tributary.money.Money;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whether and when an affiliate is paid in one program, and if not, every reason why. */
@Schema(name = "PayoutEligibility")
record EligibilityView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(description = "What can be paid out now; less than 0 is owed back") Money available,
        @Schema(description = "What it must reach") Money minimum,
        @Schema(nullable = true, description = "What a payout would be now; null where something stands against it")
                @Nullable
                Quote payout,
        @Schema(description = "Whether the next run pays you, as things are now") boolean eligible,
        @Schema(description = "Everything that stands against a payout") List<Reason> bars,
        @Schema(description = "Whether you may ask for a payout now") boolean mayRequest,
        @Schema(description = "Everything else that stands against asking for one, or being paid daily")
                List<Reason> lacking,
        @Schema(
                        examples = "monthly",
                        enumeration = {"monthly", "daily"})
                String schedule,
        @Schema(examples = "2026-12-01", description = "When you are paid next by itself, in the program's time zone")
                LocalDate nextRun) {
    EligibilityView {
        bars = List.copyOf(bars);
        lacking = List.copyOf(lacking);
    }

    /** How a payout would be divided. */
    @Schema(name = "PayoutQuote")
    record Quote(Money gross, Money fee, Money withheld, Money net) {}
}
