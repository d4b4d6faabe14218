package dev.tributary.promo;

import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The text of a discount code: which two are the same, and what is tried where the wanted one is taken. */
public final class DiscountCodeText {
    /** {@code ECO10}, {@code ECO10-2} ... {@code ECO10-50}; nobody would tell more of them apart. */
    private static final int MOST_NUMBERED = 50;

    private DiscountCodeText() {}

    /** Twins by case or by look are one code: NFKC, upper case of no language. */
    public static String key(String code) {
        return Normalizer.normalize(code, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    }

    /** The wanted text first, then the same with a number behind it, at last with a mark that nobody else has. */
    static Stream<String> candidates(String wanted, UUID owner) {
        Stream<String> numbered = IntStream.rangeClosed(2, MOST_NUMBERED).mapToObj(n -> wanted + "-" + n);
        String last = wanted + "-" + owner.toString().replace("-", "").toUpperCase(Locale.ROOT);
        return Stream.concat(Stream.concat(Stream.of(wanted), numbered), Stream.of(last));
    }
}
