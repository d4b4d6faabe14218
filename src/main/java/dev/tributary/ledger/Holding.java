package dev.tributary.ledger;

/**
 * What one account holds at a moment.
 *
 * @param balanceMinor credits less debits: what a program has spent is below 0
 */
public record Holding(Account account, long balanceMinor) {}
