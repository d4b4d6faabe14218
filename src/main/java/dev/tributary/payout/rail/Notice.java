package dev.tributary.payout.rail;

import java.util.Optional;
import java.util.UUID;

/**
 * A provider's event about a payout.
 *
 * @param eventId the provider's: each has one effect
 * @param payoutId where the event names it; otherwise the transfer's id says whose it is
 */
public record Notice(String eventId, Optional<UUID> payoutId, Transfer transfer) {}
