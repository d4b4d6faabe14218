package dev.tributary.commission;

import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bonus that an enrollment earns once, when so many of its referrals have bought.
 *
 * @param threshold converted referrals whose sales were not all given back; 1 to 1,000,000
 * @param clawback whether the bonus is taken back when refunds bring the count below the threshold; null where the program
 *     says
 * @param position where it stands in lists of equal thresholds
 */
record Milestone(
        UUID id,
        UUID programId,
        String name,
        int threshold,
        long bonusMinor,
        String currency,
        String description,
        boolean active,
        @Nullable Boolean clawback,
        int position,
        Instant createdAt,
        Instant updatedAt) {
    private static final int HIGHEST = 1_000_000;

    /** Throws a problem that names every field that cannot be so. */
    Milestone checked() {
        FieldErrors errors = new FieldErrors()
                .require(!name.isBlank(), "name", "required", "name is missing")
                .allow(
                        threshold >= 1 && threshold <= HIGHEST,
                        "threshold",
                        "out_of_range",
                        "threshold is 1 to " + HIGHEST)
                .allow(position >= 0 && position <= HIGHEST, "position", "out_of_range", "position is 0 to " + HIGHEST);
        text(errors, "name", name, 100);
        text(errors, "description", description, 1_000);
        errors.done();
        return this;
    }

    private static void text(FieldErrors errors, String field, String value, int most) {
        errors.require(value.length() <= most, field, "too_long", field + " has at most " + most + " characters")
                .require(
                        value.chars().noneMatch(Character::isISOControl),
                        field,
                        "malformed",
                        field + " is one line of text");
    }
}
