package dev.tributary.analytics.leaderboard;

import dev.tributary.id.TypeId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A ranking as an affiliate sees it: others by what they wish to be called, oneself by number.
 *
 * @param data the first of it
 */
@Schema(name = "Leaderboard")
record LeaderboardView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        Span period,
        Metric metric,
        @Schema(nullable = true, examples = "2026-11-01", description = "The first day; null: from the beginning")
                @Nullable
                LocalDate from,
        @Schema(examples = "2026-11-22", description = "The day after the last") LocalDate to,
        @Schema(examples = "Europe/Berlin", description = "Where days begin and end") String timeZone,
        @Schema(
                        nullable = true,
                        examples = "EUR",
                        description = "Of earnings, which are minor units of it; null for other metrics")
                @Nullable
                String currency,
        @Schema(
                        nullable = true,
                        examples = "50",
                        description = "Clicks without which a conversion rate is not ranked; null for other metrics")
                @Nullable
                Integer minimumClicks,
        @Schema(examples = "1240", description = "How many have a place") int ranked,
        List<Line> data,
        OwnLine own,
        @Schema(nullable = true, description = "When it was computed; null: not yet") @Nullable Instant asOf) {
    LeaderboardView {
        data = List.copyOf(data);
    }

    /** One place. */
    @Schema(name = "LeaderboardRow")
    record Line(
            @Schema(examples = "2", description = "Shared by those with the same value: 1, 2, 2, 4") int rank,
            @Schema(examples = "J.S.", description = "Initials, or the display name of who wishes it") String name,
            @Schema(examples = "41", description = "Referrals, minor units, or sales of 10,000 clicks") long value) {}

    /** Who is next above. */
    @Schema(name = "LeaderboardNext")
    record Above(
            @Schema(examples = "56") int rank,
            @Schema(examples = "14") long value,
            @Schema(examples = "2", description = "What is missing to share their rank") long distance) {}

    /** Where the caller stands. */
    @Schema(name = "OwnRank")
    record OwnLine(
            @Schema(nullable = true, examples = "57", description = "null: without a place") @Nullable Integer rank,
            @Schema(examples = "12") long value,
            @Schema(nullable = true, description = "Who is next above; null for the first") @Nullable Above next,
            @Schema(nullable = true, description = "Why there is no place") OwnPlace.@Nullable Reason reason,
            @Schema(
                            nullable = true,
                            examples = "8",
                            description = "Further clicks that a conversion rate needs, where there are too few")
                    @Nullable
                    Long clicksNeeded) {}

    static LeaderboardView of(BoardKey key, Board board, int limit, OwnPlace own) {
        boolean rate = key.metric() == Metric.CONVERSION_RATE;
        return new LeaderboardView(
                TypeId.PROGRAM.format(key.programId()),
                key.span(),
                key.metric(),
                board.days().from(),
                board.days().to(),
                board.timeZone(),
                key.metric() == Metric.EARNINGS ? board.currency() : null,
                rate ? board.minimumClicks() : null,
                board.ranked(),
                lines(board, limit),
                line(own),
                board.asOf());
    }

    private static List<Line> lines(Board board, int limit) {
        return board.top().stream()
                .limit(limit)
                .map(each -> new Line(each.rank(), each.name(), each.value()))
                .toList();
    }

    /** Before the job came by for the first time. */
    static LeaderboardView empty(BoardKey key, SettingRepository.Member member, Span.Days days, OwnPlace own) {
        return new LeaderboardView(
                TypeId.PROGRAM.format(key.programId()),
                key.span(),
                key.metric(),
                days.from(),
                days.to(),
                member.timeZone(),
                key.metric() == Metric.EARNINGS ? member.currency() : null,
                null,
                0,
                List.of(),
                line(own),
                null);
    }

    private static OwnLine line(OwnPlace own) {
        Place place = own.place();
        if (place == null) {
            Above last = Optional.ofNullable(own.last())
                    .map(next -> new Above(next.rank(), next.value(), next.value()))
                    .orElse(null);
            return new OwnLine(null, 0, last, own.reason(), own.clicksNeeded());
        }
        Above above = Optional.ofNullable(place.next())
                .map(next -> new Above(next.rank(), next.value(), next.value() - place.value()))
                .orElse(null);
        return new OwnLine(place.rank(), place.value(), above, null, null);
    }
}
