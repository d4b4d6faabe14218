package dev.tributary.analytics.leaderboard;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A ranking as staff see it: by name. */
@Schema(name = "LeaderboardStandings")
record StandingsView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        Span period,
        Metric metric,
        @Schema(nullable = true, examples = "EUR", description = "Of earnings, which are minor units of it") @Nullable
                String currency,
        @Schema(examples = "1240", description = "How many have a place") int ranked,
        List<Line> data,
        @Schema(nullable = true, description = "When it was computed; null: not yet") @Nullable Instant asOf) {
    static final Csv<Line> CSV = new Csv<>(
            List.of("rank", "affiliateId", "name", "displayName", "value"),
            line -> List.of(
                    Integer.toString(line.rank),
                    line.affiliateId,
                    line.name,
                    line.displayName,
                    Long.toString(line.value)));

    StandingsView {
        data = List.copyOf(data);
    }

    /** One place. */
    @Schema(name = "LeaderboardStanding")
    record Line(
            @Schema(examples = "1") int rank,
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r") String affiliateId,
            @Schema(examples = "Jane Smith") String name,
            @Schema(examples = "Eco") String displayName,
            @Schema(examples = "41", description = "Referrals, minor units, or sales of 10,000 clicks") long value) {}

    static StandingsView of(BoardKey key, Optional<Board> board, List<BoardRepository.Standing> found) {
        return new StandingsView(
                TypeId.PROGRAM.format(key.programId()),
                key.span(),
                key.metric(),
                key.metric() == Metric.EARNINGS ? board.map(Board::currency).orElse(null) : null,
                board.map(Board::ranked).orElse(0),
                found.stream()
                        .map(each -> new Line(
                                each.rank(),
                                TypeId.AFFILIATE.format(each.affiliateId()),
                                each.name(),
                                each.displayName(),
                                each.value()))
                        .toList(),
                board.map(Board::asOf).orElse(null));
    }
}
