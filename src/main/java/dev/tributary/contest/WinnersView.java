package dev.tributary.contest;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who won what, for staff. */
@Schema(name = "ContestWinners")
record WinnersView(
        @Schema(examples = "cts_01h455vb4pex5vsknk084sn02q") String contestId,
        @Schema(nullable = true, description = "null: not yet") @Nullable Instant settledAt,
        List<Winner> data) {
    static final Csv<Winner> CSV = new Csv<>(
            List.of("rank", "affiliateId", "name", "value", "amount", "currency", "prize"),
            won -> List.of(
                    Integer.toString(won.rank),
                    won.affiliateId,
                    won.name,
                    Long.toString(won.value),
                    won.amount == null ? "0" : Long.toString(won.amount.amount()),
                    won.amount == null ? "" : won.amount.currency(),
                    won.prize));

    WinnersView {
        data = List.copyOf(data);
    }

    /** One winner. */
    @Schema(name = "ContestWinner")
    record Winner(
            @Schema(examples = "1") int rank,
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r") String affiliateId,
            @Schema(examples = "Jane Smith") String name,
            @Schema(examples = "41") long value,
            @Schema(nullable = true, description = "Its part of the money; null: there is none") @Nullable Money amount,
            @Schema(examples = "Five hundred euros and a trophy") String prize) {
        static Winner of(WinnerRepository.Kept kept) {
            return new Winner(
                    kept.rank(),
                    TypeId.AFFILIATE.format(kept.affiliateId()),
                    kept.name(),
                    kept.value(),
                    kept.prizeMinor() == 0 ? null : new Money(kept.prizeMinor(), kept.currency()),
                    kept.prize());
        }
    }

    static WinnersView of(Contest contest, List<WinnerRepository.Kept> kept) {
        return new WinnersView(
                TypeId.CONTEST.format(contest.id()),
                contest.settledAt(),
                kept.stream().map(Winner::of).toList());
    }
}
