package dev.tributary.payout.rail.manual.nacha;

/**
 * The number of a US bank: eight digits and a check digit.
 *
 * @see <a href="https://www.aba.com/about-us/routing-number">ABA routing number policy</a>
 */
public record RoutingNumber(String digits) {
    private static final int[] WEIGHTS = {3, 7, 1, 3, 7, 1, 3, 7};

    public RoutingNumber {
        if (!isValid(digits)) throw new IllegalArgumentException("Not a routing number");
    }

    /** Whether it has nine digits of which the last checks the others. All zeros would pass the check and is no bank. */
    public static boolean isValid(String text) {
        return text.matches("[0-9]{9}") && !text.equals("000000000") && checkDigit(text) == text.charAt(8) - '0';
    }

    /** 3, 7 and 1 times the first eight digits, to the next ten. */
    static int checkDigit(String eight) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) sum += WEIGHTS[i] * (eight.charAt(i) - '0');
        return (10 - sum % 10) % 10;
    }

    /** Without the check digit, as hashes and traces have it. */
    String bank() {
        return digits.substring(0, 8);
    }

    char check() {
        return digits.charAt(8);
    }
}
