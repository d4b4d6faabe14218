package dev.tributary.contest;

import dev.tributary.money.Money;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What one place wins, as the API shows it. */
@Schema(name = "ContestPrize")
record PrizeView(
        @Schema(examples = "1") int rank,
        @Schema(nullable = true, description = "null: it is something else than money") @Nullable Money amount,
        @Schema(examples = "Five hundred euros and a trophy") String description) {
    /** What one place is to win. */
    @Schema(name = "ContestPrizeInput")
    record Input(
            @Schema(description = "In the program's currency") @Nullable Money amount,
            @Schema(examples = "Five hundred euros and a trophy") @Nullable String description) {}

    static List<PrizeView> of(Contest contest) {
        return IntStream.range(0, contest.prizes().size())
                .mapToObj(i -> of(i + 1, contest.prizes().get(i), contest.currency()))
                .toList();
    }

    private static PrizeView of(int rank, Prize prize, String currency) {
        return new PrizeView(
                rank, prize.amountMinor() == 0 ? null : new Money(prize.amountMinor(), currency), prize.description());
    }
}
