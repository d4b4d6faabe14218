package dev.tributary.payout.tax;

import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.util.Locale;

/**
 * A signature under penalties of perjury, given by typing one's name.
 *
 * @param capacity as what they sign for another, or empty where they sign for themselves
 * @param agreed whether every statement of the form was confirmed
 */
public record Signature(String name, String capacity, boolean agreed, Instant at) {
    private static final int NAME = 200;

    void check(FieldErrors errors, String of) {
        errors.require(agreed, "signature.agreed", "required", "The statements of the form must be confirmed")
                .require(!name.isBlank(), "signature.name", "required", "The signature is missing")
                .require(name.length() <= NAME, "signature.name", "too_long", "A name has at most 200 characters")
                .require(
                        capacity.length() <= NAME,
                        "signature.capacity",
                        "too_long",
                        "capacity has at most 200 characters")
                .require(
                        !capacity.isBlank() || same(name, of),
                        "signature.name",
                        "other_name",
                        "Sign with the name on the form, or say as what you sign for them");
    }

    private static boolean same(String one, String other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(String name) {
        return name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
