package dev.tributary.contest;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a contest is made from or changed to: in a change, fields left out stay as they are. */
@Schema(name = "ContestInput")
record ContestInput(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q", description = "Cannot change") @Nullable String programId,
        @Schema(examples = "Winter cup") @Nullable String name,
        @Nullable String description,
        @Nullable Metric metric,
        @Schema(examples = "2026-12-01T00:00:00Z") @Nullable Instant startsAt,
        @Schema(examples = "2027-01-01T00:00:00Z") @Nullable Instant endsAt,
        @Schema(
                        examples = "24",
                        description =
                                "How long refunds and late data still count after the end; the installation's unless given")
                @Nullable
                Integer graceHours,
        @Schema(examples = "50", description = "Clicks without which a conversion rate is not ranked; 50 unless given")
                @Nullable
                Integer minimumClicks,
        @Schema(description = "shared unless given") @Nullable TieRule tieRule,
        @Schema(description = "Of the first place, the second and so on") @Nullable List<PrizeView.Input> prizes,
        @Nullable BannerInput banner) {
    /** What a front end is to show; parts left out stay as they are. */
    @Schema(name = "ContestBannerInput")
    record BannerInput(
            @Schema(examples = "Win 500 euros") @Nullable String title,
            @Nullable String text,
            @Schema(examples = "https://shop.example.com/banner.png") @Nullable String imageUrl,
            @Schema(examples = "https://shop.example.com/contest") @Nullable String linkUrl) {
        Banner over(Banner old) {
            return new Banner(
                    requireNonNullElse(title, old.title()),
                    requireNonNullElse(text, old.text()),
                    requireNonNullElse(imageUrl, old.imageUrl()),
                    requireNonNullElse(linkUrl, old.linkUrl()));
        }
    }

    ContestInput forNew() {
        new FieldErrors()
                .require(name != null, "name", "required", "name is missing")
                .require(metric != null, "metric", "required", "metric is missing")
                .require(startsAt != null, "startsAt", "required", "startsAt is missing")
                .require(endsAt != null, "endsAt", "required", "endsAt is missing")
                .require(prizes != null, "prizes", "required", "prizes are missing")
                .done();
        return this;
    }

    ContestInput asChange() {
        if (programId != null) throw Problem.field("programId", "read_only", "programId of a contest cannot change");
        return this;
    }

    Contest over(Contest old, Instant now) {
        return new Contest(
                        old.id(),
                        old.programId(),
                        requireNonNullElse(name, old.name()),
                        requireNonNullElse(description, old.description()),
                        requireNonNullElse(metric, old.metric()),
                        requireNonNullElse(startsAt, old.startsAt()),
                        requireNonNullElse(endsAt, old.endsAt()),
                        requireNonNullElse(graceHours, old.graceHours()),
                        requireNonNullElse(minimumClicks, old.minimumClicks()),
                        requireNonNullElse(tieRule, old.tieRule()),
                        old.currency(),
                        prizes == null ? old.prizes() : prizes(old.currency()),
                        banner == null ? old.banner() : banner.over(old.banner()),
                        old.canceledAt(),
                        old.settledAt(),
                        old.asOf(),
                        old.ranked(),
                        old.createdAt(),
                        now)
                .checked();
    }

    private List<Prize> prizes(String currency) {
        List<PrizeView.@Nullable Input> given = Objects.requireNonNull(prizes);
        FieldErrors errors = new FieldErrors();
        for (int i = 0; i < Math.min(given.size(), Contest.MOST_PRIZES); i++) {
            PrizeView.Input prize = given.get(i);
            errors.require(prize != null, "prizes[" + i + "]", "required", "A prize is an object");
            if (prize != null && prize.amount() != null)
                errors.allow(
                        prize.amount().currency().equals(currency),
                        "prizes[" + i + "].amount.currency",
                        "other_currency",
                        "The program's currency is " + currency);
        }
        errors.done();
        return given.stream()
                .limit(Contest.MOST_PRIZES + 1L)
                .map(prize -> prize == null
                        ? new Prize(0, "")
                        : new Prize(
                                prize.amount() == null ? 0 : prize.amount().amount(),
                                requireNonNullElse(prize.description(), "")))
                .toList();
    }

    /** What those who take part already went by is not changed to their harm; 409 otherwise. */
    static void refuseUnfair(Contest old, Contest changed, Instant now) {
        ContestStatus status = old.status(now);
        if (status == ContestStatus.UPCOMING) {
            if (changed.startsAt().isBefore(now) && !changed.startsAt().equals(old.startsAt()))
                throw Problem.value("startsAt", "past", "A contest cannot begin in the past");
            return;
        }
        if (status == ContestStatus.SETTLED || status == ContestStatus.CANCELED)
            throw new Problem(ProblemKind.CONFLICT, "A %s contest does not change".formatted(status.word()));
        boolean same = changed.metric() == old.metric()
                && changed.startsAt().equals(old.startsAt())
                && changed.minimumClicks() == old.minimumClicks()
                && changed.tieRule() == old.tieRule();
        if (!same)
            throw new Problem(
                    ProblemKind.CONFLICT, "metric, startsAt, minimumClicks and tieRule stay once a contest has begun");
        boolean endStays = changed.endsAt().equals(old.endsAt());
        if (!endStays && (status == ContestStatus.ENDED || changed.endsAt().isBefore(now)))
            throw new Problem(ProblemKind.CONFLICT, "endsAt is moved before the contest is over, and not to the past");
        boolean generous = IntStream.range(0, old.prizes().size())
                .allMatch(i -> i < changed.prizes().size()
                        && changed.prizes().get(i).amountMinor()
                                >= old.prizes().get(i).amountMinor());
        if (!generous)
            throw new Problem(ProblemKind.CONFLICT, "Prizes do not get fewer or smaller once a contest has begun");
    }
}
