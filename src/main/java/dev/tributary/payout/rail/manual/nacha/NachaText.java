package dev.tributary.payout.rail.manual.nacha;

import java.text.Normalizer;
import java.util.Locale;

/** Text in the characters that every bank takes: capital letters, digits and a few signs, cut or filled to a width. */
final class NachaText {
    private static final String PLAIN = "[A-Za-z0-9 .,&/()'+:*@#%!?=-]*";

    private NachaText() {}

    static boolean isPlain(String text) {
        return text.matches(PLAIN);
    }

    /** Accents fall off, everything else that a bank does not know becomes a blank. */
    static String plain(String text) {
        String bare = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
        String known = bare.replace("ß", "ss")
                .replace("Ø", "O")
                .replace("ø", "o")
                .replace("Æ", "AE")
                .replace("æ", "ae");
        return known.toUpperCase(Locale.ROOT)
                .replaceAll("[^A-Z0-9 .,&/()'+:*@#%!?=-]", " ")
                .strip();
    }

    static String left(String text, int width) {
        String cut = text.length() > width ? text.substring(0, width) : text;
        return cut + " ".repeat(width - cut.length());
    }

    static String digits(long number, int width) {
        String text = Long.toString(number);
        if (number < 0 || text.length() > width)
            throw new IllegalArgumentException("%d does not fit %d digits".formatted(number, width));
        return "0".repeat(width - text.length()) + text;
    }
}
