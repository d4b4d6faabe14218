package dev.tributary.payout.rail.manual;

import java.math.BigInteger;
import java.util.Locale;

/**
 * The number of a bank account in most of the world: a country, two check digits and up to 30 characters.
 *
 * @see <a href="https://www.iso.org/standard/81090.html">ISO 13616</a>
 */
final class Iban {
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    private Iban() {}

    /** Without the blanks that people write between groups of four, in capitals. */
    static String bare(String text) {
        return text.replace(" ", "").toUpperCase(Locale.ROOT);
    }

    /** Whether its check digits are right: with the first four characters behind the rest and letters as 10 to 35, 1 modulo 97. */
    static boolean isValid(String bare) {
        if (!bare.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")) return false;
        StringBuilder digits = new StringBuilder();
        for (char each : (bare.substring(4) + bare.substring(0, 4)).toCharArray())
            digits.append(Character.getNumericValue(each));
        return new BigInteger(digits.toString()).mod(MODULUS).intValue() == 1;
    }
}
