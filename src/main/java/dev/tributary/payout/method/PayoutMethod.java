package dev.tributary.payout.method;

import dev.tributary.payout.rail.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an affiliate wants to be paid in one currency, without what must be kept secret of it.
 *
 * @param hint how people recognise it, such as {@code ****6789}
 * @param note what the provider still wants or why it refuses, or empty
 * @param confirmUntil until when its owner may confirm it; null where nothing is to be confirmed
 * @param changedAt when it came to replace another; null for an affiliate's first
 * @param known whether the provider was told of it
 */
record PayoutMethod(
        UUID id,
        UUID affiliateId,
        String rail,
        String currency,
        MethodState state,
        String hint,
        String note,
        String chosenBy,
        Instant createdAt,
        @Nullable Instant confirmUntil,
        @Nullable String confirmedBy,
        @Nullable Instant confirmedAt,
        @Nullable Instant changedAt,
        @Nullable Instant blockedAt,
        @Nullable String blockReason,
        boolean known) {
    /** A day: the message is read by then, or the wish was not their own. */
    static final Duration TO_CONFIRM = Duration.ofHours(24);

    boolean isBlocked() {
        return blockedAt != null;
    }

    /** What the provider's word makes of the state: what it took once is not pending again. */
    MethodState after(Recipient.State told) {
        return switch (told) {
            case ACTIVE -> MethodState.ACTIVE;
            case DENIED -> MethodState.DENIED;
            case PENDING, INACTIVE -> state.isInForce() ? MethodState.INACTIVE : MethodState.PENDING;
        };
    }
}
