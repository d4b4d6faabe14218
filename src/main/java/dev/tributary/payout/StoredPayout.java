package dev.tributary.payout;

import dev.tributary.ledger.Purse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payout with all that its row says of it.
 *
 * @param runId the run that made it; null where it was asked for
 * @param kind {@code monthly}, {@code daily}, {@code manual} or {@code request}
 * @param people how many must agree before it is sent
 * @param reasons why they must, as {@link Approval.Reason#word}
 * @param requestedBy the account that asked for it or started its run
 * @param frozen what is sent, from the first claim on
 */
public record StoredPayout(
        Payout payout,
        @Nullable UUID runId,
        String kind,
        Owner owner,
        String rail,
        UUID methodId,
        int people,
        List<String> reasons,
        String requestedBy,
        Optional<Frozen> frozen,
        Instant createdAt) {
    /** Whose it is. */
    public record Owner(UUID programId, UUID enrollmentId, UUID affiliateId) {}

    public StoredPayout {
        reasons = List.copyOf(reasons);
    }

    public UUID id() {
        return payout.id();
    }

    Purse purse() {
        return new Purse(
                owner.programId(), owner.enrollmentId(), payout.amounts().currency());
    }

    StoredPayout with(Payout next) {
        return new StoredPayout(
                next, runId, kind, owner, rail, methodId, people, reasons, requestedBy, frozen, createdAt);
    }

    /** Goes another way, as long as it was not claimed. */
    StoredPayout by(String otherRail, UUID otherMethod) {
        return new StoredPayout(
                payout, runId, kind, owner, otherRail, otherMethod, people, reasons, requestedBy, frozen, createdAt);
    }

    StoredPayout freezing(Frozen what) {
        return new StoredPayout(
                payout, runId, kind, owner, rail, methodId, people, reasons, requestedBy, Optional.of(what), createdAt);
    }
}
