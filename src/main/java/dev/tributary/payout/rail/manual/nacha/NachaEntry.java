package dev.tributary.payout.rail.manual.nacha;

/**
 * One credit to one bank account.
 *
 * @param account at most 17 of letters, digits, hyphens and blanks, as the bank writes it
 * @param cents at most ten digits
 * @param reference what finds the payout again, at most 15 characters
 */
public record NachaEntry(
        Holder holder, RoutingNumber bank, String account, Kind kind, long cents, String reference, String name) {
    /** Ten digits. */
    public static final long MOST_CENTS = 9_999_999_999L;

    private static final int ACCOUNT = 17;

    /** Whose account it is, which decides the batch that the entry stands in. */
    public enum Holder {
        /** Prearranged payment to a person. */
        INDIVIDUAL("PPD"),
        /** Payment to a company. */
        BUSINESS("CCD");

        final String entryClass;

        Holder(String entryClass) {
            this.entryClass = entryClass;
        }
    }

    /** What sort of account, as the code of a credit to it. */
    public enum Kind {
        CHECKING("22"),
        SAVINGS("32");

        final String credit;

        Kind(String credit) {
            this.credit = credit;
        }
    }

    public NachaEntry {
        if (!isAccount(account)) throw new IllegalArgumentException("Not an account number");
        if (cents <= 0 || cents > MOST_CENTS) throw new IllegalArgumentException("An entry is 1 to " + MOST_CENTS);
        if (!reference.matches("[A-Z0-9]{1,15}"))
            throw new IllegalArgumentException("A reference has 1 to 15 capital letters and digits");
    }

    public static boolean isAccount(String text) {
        return text.length() <= ACCOUNT && text.matches("[A-Za-z0-9][A-Za-z0-9 -]*");
    }
}
