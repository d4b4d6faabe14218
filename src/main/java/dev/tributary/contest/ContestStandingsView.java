package dev.tributary.contest;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who stands where in a contest, for staff: by name. */
@Schema(name = "ContestStandings")
record ContestStandingsView(
        @Schema(examples = "cts_01h455vb4pex5vsknk084sn02q") String contestId,
        Metric metric,
        ContestStatus status,
        @Schema(nullable = true, examples = "EUR", description = "Of values that are minor units; null for others")
                @Nullable
                String currency,
        @Schema(examples = "37", description = "How many have a place") int ranked,
        List<Line> data,
        @Schema(nullable = true, description = "When they were computed; null: not yet") @Nullable Instant asOf) {
    static final Csv<Line> CSV = new Csv<>(
            List.of("rank", "affiliateId", "name", "value", "reachedAt"),
            line -> List.of(
                    Integer.toString(line.rank),
                    line.affiliateId,
                    line.name,
                    Long.toString(line.value),
                    line.reachedAt.toString()));

    ContestStandingsView {
        data = List.copyOf(data);
    }

    /** One place. */
    @Schema(name = "ContestStanding")
    record Line(
            @Schema(examples = "1", description = "Shared by those with the same value: 1, 2, 2, 4") int rank,
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r") String affiliateId,
            @Schema(examples = "Jane Smith") String name,
            @Schema(examples = "41", description = "A count, minor units, or sales of 10,000 clicks") long value,
            @Schema(description = "When the last of what counts happened") Instant reachedAt) {}

    static ContestStandingsView of(Contest contest, List<Score> scores, Map<UUID, String> names, Instant now) {
        return new ContestStandingsView(
                TypeId.CONTEST.format(contest.id()),
                contest.metric(),
                contest.status(now),
                contest.metric().isMoney() ? contest.currency() : null,
                contest.ranked(),
                scores.stream()
                        .map(score -> new Line(
                                score.rank(),
                                TypeId.AFFILIATE.format(score.affiliateId()),
                                names.getOrDefault(score.affiliateId(), ""),
                                score.value(),
                                score.reachedAt()))
                        .toList(),
                contest.asOf());
    }
}
