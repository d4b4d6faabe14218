package dev.tributary.payout.own;

import dev.tributary.money.Money;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where each cent of a payout comes from: the commissions that it is for, and what earlier ones left over or owe. Lines and
 * {@code carried} make the payout's gross.
 */
@Schema(name = "PayoutBreakdown")
public record Breakdown(
        @Schema(examples = "12", description = "How many commissions it is for") long commissions,
        @Schema(description = "What these come to") Money earned,
        @Schema(
                        description =
                                "What makes up the rest of the gross: less than 0 where earlier refunds were taken off, more where a balance was left")
                Money carried,
        @Schema(description = "The first of the commissions, in the order in which they were made")
                List<PayoutLine> lines,
        @Schema(description = "Whether there are more lines than shown; CSV has them all") boolean truncated) {
    /** Some 300 kB of JSON and a few pages of paper. */
    static final int MOST = 1_000;

    public Breakdown {
        lines = List.copyOf(lines);
    }

    /** @param found one line more than is shown where there are more */
    static Breakdown of(long grossMinor, String currency, long count, long sum, List<PayoutLine> found) {
        return new Breakdown(
                count,
                new Money(sum, currency),
                new Money(Math.subtractExact(grossMinor, sum), currency),
                found.subList(0, Math.min(MOST, found.size())),
                found.size() > MOST);
    }
}
