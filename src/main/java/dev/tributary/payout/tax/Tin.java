package dev.tributary.payout.tax;

import java.util.Optional;

/** A US taxpayer number. It says itself only where it is asked for the digits, never in a log. */
public record Tin(TinKind kind, String digits) {
    public Tin {
        if (!digits.matches("[0-9]{9}") || !kind.isValid(digits))
            throw new IllegalArgumentException("Not a " + kind + " that was ever given out");
    }

    /** As people write it: nine digits, with hyphens or blanks or without. */
    public static Optional<Tin> parse(TinKind kind, String text) {
        if (text.length() > 20) return Optional.empty();
        String digits = text.replaceAll("[- ]", "");
        boolean valid = digits.matches("[0-9]{9}") && kind.isValid(digits);
        return valid ? Optional.of(new Tin(kind, digits)) : Optional.empty();
    }

    public String lastFour() {
        return digits.substring(5);
    }

    /** As forms print it. */
    public String formatted() {
        return kind == TinKind.EIN
                ? digits.substring(0, 2) + "-" + digits.substring(2)
                : digits.substring(0, 3) + "-" + digits.substring(3, 5) + "-" + digits.substring(5);
    }

    @Override
    public String toString() {
        return kind.word() + " ***" + lastFour();
    }
}
