package dev.tributary.conversion;

import dev.tributary.conversion.attribution.Winner;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What accepted conversions say about one customer: to whom it belongs if it is still free, and what it did.
 *
 * @param customer the merchant's own id of the buyer, in its program
 * @param convertedAt when it first bought in this batch; null where it did not
 * @param leadId the conversion that is its sign-up; null where there is none
 * @param boundBy the conversion whose decision this is
 */
record Binding(
        UUID id,
        EventKey customer,
        Winner winner,
        Instant signedUpAt,
        @Nullable Instant convertedAt,
        @Nullable UUID leadId,
        UUID boundBy)
        implements Comparable<Binding> {
    /** One for each customer; what comes first in the batch binds. */
    static List<Binding> of(Collection<Draft> accepted, Supplier<UUID> ids) {
        Map<EventKey, Binding> byCustomer = new LinkedHashMap<>();
        for (Draft draft : accepted) {
            if (draft.customer() == null) continue;
            draft.foremost()
                    .map(winner -> of(draft, winner, ids.get()))
                    .ifPresent(told -> byCustomer.merge(told.customer, told, Binding::and));
        }
        return List.copyOf(byCustomer.values());
    }

    private static Binding of(Draft draft, Winner winner, UUID id) {
        boolean lead = draft.event().kind() == Kind.LEAD;
        Instant at = draft.event().occurredAt();
        return new Binding(
                id,
                java.util.Objects.requireNonNull(draft.customer()),
                winner,
                at,
                lead ? null : at,
                lead ? draft.id() : null,
                draft.id());
    }

    private Binding and(Binding later) {
        Instant first = convertedAt == null || later.convertedAt != null && later.convertedAt.isBefore(convertedAt)
                ? later.convertedAt
                : convertedAt;
        Instant signedUp = later.signedUpAt.isBefore(signedUpAt) ? later.signedUpAt : signedUpAt;
        return new Binding(id, customer, winner, signedUp, first, leadId == null ? later.leadId : leadId, boundBy);
    }

    @Override
    public int compareTo(Binding other) {
        return customer.compareTo(other.customer);
    }
}
