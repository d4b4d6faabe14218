package dev.tributary.payout.tax;

/**
 * What an affiliate's tax papers say of a payment to them.
 *
 * @param withheldBps what is kept back for the tax authority, in basis points of the whole payment
 */
public record PaperStanding(Paper paper, int withheldBps) {}
