package dev.tributary.program;

import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that a program's merchant sells by subscription, in an order from the smallest up.
 *
 * @param slug as merchants name it in events and at checkout; never changes
 * @param position the higher, the more it is; 1 to 1,000, so that there is room between two
 */
public record Plan(
        UUID id, UUID programId, String slug, String name, int position, Instant createdAt, Instant updatedAt) {
    /** More than any price list shows; all are read at once. */
    static final int MOST = 50;

    private static final int HIGHEST = 1_000;
    private static final int LONGEST_NAME = 100;

    /** Throws a problem that names every field that cannot be so. */
    Plan checked() {
        new FieldErrors()
                .require(
                        slug.matches("[a-z0-9][a-z0-9_-]{0,63}"),
                        "slug",
                        "malformed",
                        "slug is 1 to 64 of lower-case letters, digits, _ and -")
                .require(!name.isBlank(), "name", "required", "name is missing")
                .require(
                        name.length() <= LONGEST_NAME,
                        "name",
                        "too_long",
                        "name has at most " + LONGEST_NAME + " characters")
                .require(
                        name.chars().noneMatch(Character::isISOControl),
                        "name",
                        "malformed",
                        "name is one line of text")
                .require(
                        position >= 1 && position <= HIGHEST, "position", "out_of_range", "position is 1 to " + HIGHEST)
                .done();
        return this;
    }
}
