package dev.tributary.payout.reconcile;

import dev.tributary.payout.rail.Transfer;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known here of a transfer that a provider lists.
 *
 * @param state of the payout, as the API says it
 * @param netMinor what was to be sent
 * @param overpaidMinor what the books say left beyond that
 * @param told what the provider told of this transfer so far
 */
record Known(
        UUID payoutId, String state, long netMinor, String currency, long overpaidMinor, Optional<Transfer> told) {}
