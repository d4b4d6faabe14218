package dev.tributary.contest;

import dev.tributary.analytics.leaderboard.Place;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A contest as an affiliate sees it, with what a banner needs.
 *
 * @param data the first of it, by what they wish to be called
 */
@Schema(name = "OwnContest")
record OwnContestView(
        @Schema(examples = "cts_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Winter cup") String name,
        String description,
        Metric metric,
        ContestStatus status,
        Instant startsAt,
        Instant endsAt,
        @Schema(examples = "0", description = "0 once it has begun") long startsInSeconds,
        @Schema(examples = "864000", description = "0 once it is over") long endsInSeconds,
        TieRule tieRule,
        List<PrizeView> prizes,
        Banner banner,
        @Schema(nullable = true, examples = "EUR", description = "Of values that are minor units; null for others")
                @Nullable
                String currency,
        @Schema(
                        nullable = true,
                        examples = "50",
                        description = "Clicks without which a conversion rate is not ranked; null for other metrics")
                @Nullable
                Integer minimumClicks,
        @Schema(examples = "37", description = "How many have a place") int ranked,
        List<Line> data,
        Own own,
        List<Winner> winners,
        @Schema(nullable = true, description = "When the standings were computed; null: not yet") @Nullable
                Instant asOf) {
    /** One place. */
    @Schema(name = "OwnContestRow")
    record Line(
            @Schema(examples = "1", description = "Shared by those with the same value: 1, 2, 2, 4") int rank,
            @Schema(examples = "J.S.") String name,
            @Schema(examples = "41", description = "A count, minor units, or sales of 10,000 clicks") long value) {}

    /** Where the caller stands. */
    @Schema(name = "OwnContestPlace")
    record Own(
            @Schema(nullable = true, examples = "12", description = "null: without a place") @Nullable Integer rank,
            @Schema(examples = "7") long value,
            @Schema(nullable = true, examples = "11", description = "The rank of who is next above") @Nullable
                    Integer nextRank,
            @Schema(nullable = true, examples = "2", description = "What is missing to share their rank") @Nullable
                    Long distance,
            @Schema(nullable = true, description = "What the caller won in money; null: nothing") @Nullable
                    Money won) {}

    /** Who won. */
    @Schema(name = "OwnContestWinner")
    record Winner(
            @Schema(examples = "1") int rank,
            @Schema(examples = "J.S.") String name,
            @Schema(examples = "41") long value,
            @Schema(examples = "Five hundred euros and a trophy") String prize) {}

    OwnContestView {
        prizes = List.copyOf(prizes);
        data = List.copyOf(data);
        winners = List.copyOf(winners);
    }

    /** Everything that is read of one contest for one affiliate. */
    record Read(
            Contest contest,
            List<Score> top,
            Optional<Place> place,
            List<WinnerRepository.Kept> winners,
            Map<UUID, String> names,
            UUID me) {}

    static OwnContestView of(Read read, Instant now) {
        Contest k = read.contest;
        return new OwnContestView(
                TypeId.CONTEST.format(k.id()),
                TypeId.PROGRAM.format(k.programId()),
                k.name(),
                k.description(),
                k.metric(),
                k.status(now),
                k.startsAt(),
                k.endsAt(),
                secondsTo(k.startsAt(), now),
                secondsTo(k.endsAt(), now),
                k.tieRule(),
                PrizeView.of(k),
                k.banner(),
                k.metric().isMoney() ? k.currency() : null,
                k.metric() == Metric.CONVERSION_RATE ? k.minimumClicks() : null,
                k.ranked(),
                lines(read),
                own(read),
                winners(read),
                k.asOf());
    }

    /** Rounded up, so that a countdown does not end before what it counts to. */
    private static long secondsTo(Instant moment, Instant now) {
        return now.isBefore(moment)
                ? Duration.between(now, moment).plusNanos(999_999_999).toSeconds()
                : 0;
    }

    private static List<Line> lines(Read read) {
        return read.top.stream()
                .map(score -> new Line(score.rank(), read.names.getOrDefault(score.affiliateId(), "–"), score.value()))
                .toList();
    }

    private static Own own(Read read) {
        Money won = read.winners.stream()
                .filter(winner -> winner.affiliateId().equals(read.me) && winner.prizeMinor() > 0)
                .map(winner -> new Money(winner.prizeMinor(), winner.currency()))
                .findFirst()
                .orElse(null);
        if (read.place.isEmpty()) return new Own(null, 0, null, null, won);
        Place place = read.place.get();
        Place.Next next = place.next();
        return new Own(
                place.rank(),
                place.value(),
                next == null ? null : next.rank(),
                next == null ? null : next.value() - place.value(),
                won);
    }

    private static List<Winner> winners(Read read) {
        return read.winners.stream()
                .limit(Contest.MOST_PRIZES)
                .map(winner -> new Winner(
                        winner.rank(),
                        read.names.getOrDefault(winner.affiliateId(), "–"),
                        winner.value(),
                        winner.prize()))
                .toList();
    }

    /** All that the caller may still care for. */
    @Schema(name = "OwnContestList")
    record All(List<OwnContestView> data, @Schema(description = "The server's clock, for countdowns") Instant now) {
        All {
            data = List.copyOf(data);
        }
    }
}
