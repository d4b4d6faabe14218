package dev.tributary.payout.tax;

import dev.tributary.problem.FieldErrors;

/** One-line fields of forms. */
final class Lines {
    private static final int MOST = 200;

    private Lines() {}

    static void check(FieldErrors errors, String field, String text, boolean needed) {
        errors.require(!needed || !text.isBlank(), field, "required", field + " is missing")
                .require(text.length() <= MOST, field, "too_long", field + " has at most " + MOST + " characters")
                .require(
                        text.chars().noneMatch(Character::isISOControl),
                        field,
                        "malformed",
                        field + " is one line of text");
    }
}
