package dev.tributary.payout.tax;

import java.util.UUID;

/** A year's payments to one affiliate by one rail in one currency, and what becomes of them. All lines sum to all payments. */
public record YearLine(
        UUID affiliateId, String rail, String currency, long paidMinor, long withheldMinor, Treatment treatment) {}
