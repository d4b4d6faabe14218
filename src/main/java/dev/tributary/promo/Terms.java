package dev.tributary.promo;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Under which terms a code gives what: all of it but its text and its counter, so that codes generated together share one.
 *
 * @param usesPerCustomer null = any number
 */
public record Terms(
        UUID programId,
        Discount discount,
        DiscountCode.Scope scope,
        boolean stackable,
        @Nullable Integer usesPerCustomer,
        @Nullable Instant startsAt,
        @Nullable Instant expiresAt) {

    public static Terms of(DiscountCode c) {
        return new Terms(
                c.programId(),
                c.discount(),
                c.scope(),
                c.stackable(),
                c.limits().usesPerCustomer(),
                c.startsAt(),
                c.expiresAt());
    }

    /** Whether a moment is within its time. */
    public boolean isOpenAt(Instant moment) {
        boolean begun = startsAt == null || !moment.isBefore(startsAt);
        return begun && (expiresAt == null || moment.isBefore(expiresAt));
    }

    /**
     * Why it is no good for an order in this currency for this plan; empty where it is.
     *
     * @param plans the program's from the lowest up
     */
    Optional<Unusable> refusal(@Nullable String currency, @Nullable String plan, List<String> plans, Instant now) {
        if (startsAt != null && now.isBefore(startsAt)) return Optional.of(Unusable.NOT_STARTED);
        if (expiresAt != null && !now.isBefore(expiresAt)) return Optional.of(Unusable.EXPIRED);
        if (discount.currency() != null
                && currency != null
                && !discount.currency().equals(currency)) return Optional.of(Unusable.OTHER_CURRENCY);
        return isForPlan(plan, plans) ? Optional.empty() : Optional.of(Unusable.OTHER_PLAN);
    }

    /** Whether the plan, or having none, is within its scope. */
    public boolean isForPlan(@Nullable String plan, List<String> plans) {
        if (!scope.plans().isEmpty() && (plan == null || !scope.plans().contains(plan))) return false;
        if (scope.minimumPlan() == null) return true;
        int asked = plan == null ? -1 : plans.indexOf(plan);
        int least = plans.indexOf(scope.minimumPlan());
        return least >= 0 && asked >= least;
    }

    /** Whether anything of the order is within its scope. */
    public boolean isForProducts(Order order) {
        return scope.products().isEmpty()
                || order.lines().stream().anyMatch(line -> scope.products().contains(line.sku()));
    }
}
