package dev.tributary.payout.tax;

import dev.tributary.problem.FieldErrors;
import org.jspecify.annotations.Nullable;

/** One-line fields of forms. */
final class Lines {
    private static final int MOST = 200;

    private Lines() {}

    static boolean isSaid(@Nullable String text) {
        return text != null && !text.isBlank();
    }

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
