package dev.tributary.ledger;

/** One line of an entry: an amount on one side of one account. */
public record Posting(Account account, Side side, long amountMinor) {
    public Posting {
        if (amountMinor <= 0) throw new IllegalArgumentException("A posting is more than 0, not " + amountMinor);
    }

    public static Posting debit(Account account, long amountMinor) {
        return new Posting(account, Side.DEBIT, amountMinor);
    }

    public static Posting credit(Account account, long amountMinor) {
        return new Posting(account, Side.CREDIT, amountMinor);
    }
}
