package dev.tributary.commission;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.money.Money;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a milestone is made from or changed to: in a change, fields left out stay as they are. */
@Schema(name = "MilestoneInput")
record MilestoneInput(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q", description = "Cannot change") @Nullable String programId,
        @Schema(examples = "Ten customers") @Nullable String name,
        @Schema(examples = "10", description = "Referrals that bought and did not give everything back") @Nullable
                Integer threshold,
        @Schema(description = "In the program's currency; what was awarded before stays as it is") @Nullable
                Money bonus,
        @Schema(examples = "Bring ten customers and get 50 dollars on top") @Nullable String description,
        @Nullable Boolean active,
        @Schema(
                        implementation = Boolean.class,
                        description = "Whether refunds take the bonus back; null leaves it to the program")
                @Nullable
                Optional<Boolean> clawback,
        @Schema(examples = "1", description = "Its place among equal thresholds") @Nullable Integer position) {
    private static final long MOST_MONEY = 1_000_000_000_000L;

    Milestone over(Milestone old, Instant now) {
        return new Milestone(
                        old.id(),
                        old.programId(),
                        requireNonNullElse(name, old.name()),
                        requireNonNullElse(threshold, old.threshold()),
                        bonus == null ? old.bonusMinor() : minor(bonus, old.currency()),
                        old.currency(),
                        requireNonNullElse(description, old.description()),
                        requireNonNullElse(active, old.active()),
                        clawback == null ? old.clawback() : clawback.orElse(null),
                        requireNonNullElse(position, old.position()),
                        old.createdAt(),
                        now)
                .checked();
    }

    private static long minor(Money bonus, String currency) {
        new FieldErrors()
                .allow(
                        bonus.currency().equals(currency),
                        "bonus.currency",
                        "other_currency",
                        "The program's currency is " + currency)
                .allow(
                        bonus.amount() > 0 && bonus.amount() <= MOST_MONEY,
                        "bonus.amount",
                        "out_of_range",
                        "bonus is 1 to " + MOST_MONEY + " minor units")
                .done();
        return bonus.amount();
    }

    MilestoneInput forNew() {
        new FieldErrors()
                .require(name != null, "name", "required", "name is missing")
                .require(threshold != null, "threshold", "required", "threshold is missing")
                .require(bonus != null, "bonus", "required", "bonus is missing")
                .done();
        return this;
    }

    MilestoneInput asChange() {
        if (programId != null) throw Problem.field("programId", "read_only", "programId of a milestone cannot change");
        return this;
    }
}
