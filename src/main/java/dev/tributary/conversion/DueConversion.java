package dev.tributary.conversion;

import dev.tributary.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversion whose commissions are to be computed, or computed again: it was decided, decided anew, or money went back.
 *
 * @param customer the merchant's own id of the buyer
 * @param amount in the program's currency; 0 of a lead
 * @param refundedMinor how much of it went back so far
 * @param decision 1 for the first; each later one has credits of its own
 * @param credits empty unless accepted or refunded; otherwise sums to the whole
 */
public record DueConversion(
        UUID id,
        UUID programId,
        Kind kind,
        String externalId,
        @Nullable String customer,
        Money amount,
        long refundedMinor,
        Status status,
        List<Line> lines,
        Instant occurredAt,
        int decision,
        List<Credit> credits) {
    public DueConversion {
        lines = List.copyOf(lines);
        credits = List.copyOf(credits);
        if (refundedMinor < 0 || refundedMinor > amount.amount())
            throw new IllegalArgumentException("Not a part of the amount: " + refundedMinor);
    }
}
