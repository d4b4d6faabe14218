package dev.tributary.promo;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The text of a discount code: which two are the same, which cannot be one, and what is tried where the wanted one is taken.
 *
 * <p>A code is read off a video or a poster and typed, so what looks the same must be the same or must not exist: letters of
 * one script, Latin ones of Europe's languages, digits 0 to 9, and {@code - _ .} within. Of scripts with letters that look
 * Latin, a code needs one that does not; what cannot be seen is refused.
 *
 * @see <a href="https://www.unicode.org/reports/tr39/">UTS 39: Unicode security mechanisms</a>
 */
public final class DiscountCodeText {
    public static final int SHORTEST = 2;
    public static final int LONGEST = 64;
    /** {@code ECO10}, {@code ECO10-2} ... {@code ECO10-50}; nobody would tell more of them apart. */
    private static final int MOST_NUMBERED = 50;
    /** Where the Latin letters with marks end that keyboards have. */
    private static final int LAST_LATIN = 0x17F;

    /** Upper case may give what NFKC writes otherwise, and NFKC what has an upper case; two or three settle it. */
    private static final int MOST_STEPS = 5;

    private static final Set<UnicodeScript> SCRIPTS = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.HEBREW,
            UnicodeScript.ARABIC,
            UnicodeScript.HANGUL,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HAN);
    /** Written together. */
    private static final Set<UnicodeScript> JAPANESE =
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);
    /** Capital letters of Greek and Cyrillic that look like a letter or digit of ASCII, those of old alphabets included. */
    private static final String LOOK_LATIN = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿϒ" + "АВЕЅІЈКМНОРСТУХԀԌԚԜҮҺӀЗБЬѴ";

    private DiscountCodeText() {}

    /** Twins by case or by look are one code: NFKC, upper case of no language, no blanks around it. */
    public static String key(String code) {
        String bare = code.strip();
        if (isPlain(bare)) return bare;
        for (int i = 0; i < MOST_STEPS; i++) {
            String next = Normalizer.normalize(bare, Normalizer.Form.NFKC)
                    .toUpperCase(Locale.ROOT)
                    .strip();
            if (next.equals(bare)) break;
            bare = next;
        }
        return bare;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) return false;
        }
        return true;
    }

    /** Why a text can be no new code, as a field error's code and message. */
    public record Bad(String code, String message) {}

    /** What is wrong with a text that staff chose for a new code; empty where it may be one. */
    public static Optional<Bad> check(String code) {
        String key = key(code);
        int length = key.codePointCount(0, key.length());
        if (length < SHORTEST || key.length() > LONGEST)
            return Optional.of(new Bad("length", "A code has %d to %d characters".formatted(SHORTEST, LONGEST)));
        if (!key.codePoints().allMatch(DiscountCodeText::isKnown))
            return Optional.of(new Bad("character", "A code is of letters, digits and - _ . and nothing invisible"));
        if (isMark(key.codePointAt(0)) || isMark(key.codePointBefore(key.length())))
            return Optional.of(new Bad("character", "A code begins and ends with a letter or digit"));
        if (!isOfOneScript(key) || isConfusable(key))
            return Optional.of(new Bad("confusable", "This code looks like another in other letters"));
        return Optional.empty();
    }

    private static boolean isMark(int c) {
        return c == '-' || c == '_' || c == '.';
    }

    private static boolean isKnown(int c) {
        if (c < 128) return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || isMark(c);
        UnicodeScript script = UnicodeScript.of(c);
        if (!Character.isLetter(c) || Character.isLowerCase(c) || !SCRIPTS.contains(script)) return false;
        return script != UnicodeScript.LATIN || c <= LAST_LATIN;
    }

    private static Set<UnicodeScript> scripts(String key) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        key.codePoints().filter(Character::isLetter).forEach(c -> scripts.add(UnicodeScript.of(c)));
        return scripts;
    }

    private static boolean isOfOneScript(String key) {
        Set<UnicodeScript> scripts = scripts(key);
        return scripts.size() <= 1 || JAPANESE.containsAll(scripts);
    }

    /** Whether a code of Greek or Cyrillic could be read as one of ASCII. */
    private static boolean isConfusable(String key) {
        Set<UnicodeScript> scripts = scripts(key);
        boolean alike = scripts.contains(UnicodeScript.GREEK) || scripts.contains(UnicodeScript.CYRILLIC);
        return alike && key.codePoints().filter(Character::isLetter).allMatch(c -> LOOK_LATIN.indexOf(c) >= 0);
    }

    /** The wanted text first, then the same with a number behind it, at last with a mark that nobody else has. */
    static Stream<String> candidates(String wanted, UUID owner) {
        Stream<String> numbered = IntStream.rangeClosed(2, MOST_NUMBERED).mapToObj(n -> wanted + "-" + n);
        String last = wanted + "-" + owner.toString().replace("-", "").toUpperCase(Locale.ROOT);
        return Stream.concat(Stream.concat(Stream.of(wanted), numbered), Stream.of(last));
    }
}
