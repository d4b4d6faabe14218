package dev.tributary.conversion;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversion that would be accepted, as a check sees it.
 *
 * @param clickId the click that it names
 * @param buyer what is known of the customer, whichever is
 * @param credits to whom it would be credited
 */
public record Claim(
        UUID conversionId,
        UUID programId,
        Kind kind,
        @Nullable String customer,
        @Nullable UUID clickId,
        Buyer buyer,
        Instant occurredAt,
        List<Credit> credits) {
    public Claim {
        credits = List.copyOf(credits);
    }
}
