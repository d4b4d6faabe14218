package dev.tributary.contest;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A contest as staff see it. */
@Schema(name = "Contest")
record ContestView(
        @Schema(examples = "cts_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Winter cup") String name,
        String description,
        Metric metric,
        @Schema(examples = "2026-12-01T00:00:00Z") Instant startsAt,
        @Schema(examples = "2027-01-01T00:00:00Z") Instant endsAt,
        @Schema(examples = "24", description = "How long refunds and late data still count after the end")
                int graceHours,
        @Schema(examples = "50", description = "Clicks without which a conversion rate is not ranked")
                int minimumClicks,
        TieRule tieRule,
        @Schema(description = "Of the first place, the second and so on") List<PrizeView> prizes,
        Banner banner,
        ContestStatus status,
        @Schema(examples = "37", description = "How many have a place") int ranked,
        @Schema(nullable = true, description = "When the standings were computed; null: not yet") @Nullable
                Instant asOf,
        @Schema(nullable = true) @Nullable Instant canceledAt,
        @Schema(nullable = true, description = "When it was decided who won") @Nullable Instant settledAt,
        Instant createdAt,
        Instant updatedAt) {
    static final Csv<ContestView> CSV = new Csv<>(
            List.of(
                    "id",
                    "programId",
                    "name",
                    "metric",
                    "startsAt",
                    "endsAt",
                    "tieRule",
                    "prizes",
                    "status",
                    "ranked",
                    "createdAt"),
            k -> List.of(
                    k.id,
                    k.programId,
                    k.name,
                    k.metric.word(),
                    k.startsAt.toString(),
                    k.endsAt.toString(),
                    k.tieRule.word(),
                    Integer.toString(k.prizes.size()),
                    k.status.word(),
                    Integer.toString(k.ranked),
                    k.createdAt.toString()));

    ContestView {
        prizes = List.copyOf(prizes);
    }

    static ContestView of(Contest k, Instant now) {
        return new ContestView(
                TypeId.CONTEST.format(k.id()),
                TypeId.PROGRAM.format(k.programId()),
                k.name(),
                k.description(),
                k.metric(),
                k.startsAt(),
                k.endsAt(),
                k.graceHours(),
                k.minimumClicks(),
                k.tieRule(),
                PrizeView.of(k),
                k.banner(),
                k.status(now),
                k.ranked(),
                k.asOf(),
                k.canceledAt(),
                k.settledAt(),
                k.createdAt(),
                k.updatedAt());
    }
}
