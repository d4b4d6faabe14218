package dev.tributary.ledger;

import java.util.UUID;

/** What one enrollment is owed in one currency: the three accounts between which its money moves. */
public record Purse(UUID programId, UUID enrollmentId, String currency) {
    public Account pending() {
        return new Account(Account.Kind.PENDING, enrollmentId, currency);
    }

    public Account available() {
        return new Account(Account.Kind.AVAILABLE, enrollmentId, currency);
    }

    public Account inTransit() {
        return new Account(Account.Kind.IN_TRANSIT, enrollmentId, currency);
    }

    /** Where its program books what it costs. */
    public Account expense() {
        return new Account(Account.Kind.EXPENSE, programId, currency);
    }

    /** Where a rail books what it carried out. */
    public Account clearing(UUID rail) {
        return new Account(Account.Kind.CLEARING, rail, currency);
    }
}
