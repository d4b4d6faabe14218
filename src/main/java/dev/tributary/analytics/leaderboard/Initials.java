package dev.tributary.analytics.leaderboard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is shown of a name whose bearer does not wish to be named: the first letters of its first and last word, as people of
 * the script write them. A letter is an extended grapheme cluster (Unicode UAX 29), so that accents, vowel signs and joined
 * characters stay with what carries them; a name that is one word, as in scripts without spaces, gives one letter.
 */
final class Initials {
    /** Where nothing of a name can be shown. */
    static final String NONE = "–";

    private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");
    /** From the first letter or number on, so that quotes and brackets are left out. */
    private static final Pattern BEGINNING = Pattern.compile("[^\\p{L}\\p{N}]*(?=[\\p{L}\\p{N}])(\\X)");

    private Initials() {}

    static String of(String name) {
        List<String> letters = new ArrayList<>();
        for (String word : SPACES.split(name)) {
            Matcher beginning = BEGINNING.matcher(word);
            if (beginning.lookingAt()) letters.add(capital(beginning.group(1)));
        }
        if (letters.isEmpty()) return NONE;
        String first = letters.get(0) + ".";
        return letters.size() == 1 ? first : first + letters.get(letters.size() - 1) + ".";
    }

    /** One character stays one: the capital of ß is two, its title case is not used. */
    private static String capital(String letter) {
        int first = letter.codePointAt(0);
        return new StringBuilder()
                .appendCodePoint(Character.toTitleCase(first))
                .append(letter, Character.charCount(first), letter.length())
                .toString();
    }
}
