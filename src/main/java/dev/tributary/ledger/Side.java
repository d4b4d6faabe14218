package dev.tributary.ledger;

/** One of the two sides of a posting: what an account owes grows by credits and shrinks by debits. */
public enum Side {
    DEBIT,
    CREDIT
}
