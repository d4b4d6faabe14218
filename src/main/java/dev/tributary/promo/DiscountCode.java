package dev.tributary.promo;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A discount code as it is stored.
 *
 * @param programCurrency in which its amounts are
 * @param enrollmentId whose it is, with the affiliate of that enrollment; both null = nobody's
 * @param suspended its affiliate is not active, so it is not usable whatever its status
 * @param stackable whether it may be applied together with others that are
 * @param startsAt null = at once; {@code expiresAt} null = never
 * @param batchId generated with others at once, or null
 * @param createdBy whoever of the staff made it, or null: it was made with an enrollment
 * @param version grows with each change that a buyer or the payment provider would notice
 */
public record DiscountCode(
        UUID id,
        UUID programId,
        String programCurrency,
        @Nullable UUID enrollmentId,
        @Nullable UUID affiliateId,
        String code,
        String description,
        Discount discount,
        Limits limits,
        Scope scope,
        boolean stackable,
        CodeStatus status,
        boolean suspended,
        @Nullable Instant startsAt,
        @Nullable Instant expiresAt,
        Used used,
        @Nullable UUID batchId,
        @Nullable String createdBy,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** How often it may be used in all and by one customer; null = any number of times. */
    public record Limits(@Nullable Integer uses, @Nullable Integer usesPerCustomer) {}

    /**
     * What it is good for.
     *
     * @param minimumPlan this plan of the program and those above it, or null: any
     * @param plans these alone, or empty: all
     * @param products SKUs whose price it takes from, or empty: the whole order's
     */
    public record Scope(@Nullable String minimumPlan, List<String> plans, List<String> products) {
        public static final Scope ALL = new Scope(null, List.of(), List.of());

        public Scope {
            plans = List.copyOf(plans);
            products = List.copyOf(products);
        }
    }

    /** How often it is reserved or confirmed, and how much that takes off in minor units of the program's currency. */
    public record Used(int uses, long discountMinor) {
        static final Used NEVER = new Used(0, 0);
    }

    /** The status at a moment: an active code is expired from its end on, even before that is written. */
    public CodeStatus statusAt(Instant moment) {
        boolean over = expiresAt != null && !moment.isBefore(expiresAt);
        return over && status == CodeStatus.ACTIVE ? CodeStatus.EXPIRED : status;
    }

    /** Whether it may be used at a moment, its limits aside. */
    public boolean isOpenAt(Instant moment) {
        boolean begun = startsAt == null || !moment.isBefore(startsAt);
        return begun && !suspended && statusAt(moment) == CodeStatus.ACTIVE;
    }

    /** The same with another status. */
    DiscountCode to(CodeStatus next, Instant now) {
        return new DiscountCode(
                id,
                programId,
                programCurrency,
                enrollmentId,
                affiliateId,
                code,
                description,
                discount,
                limits,
                scope,
                stackable,
                next,
                suspended,
                startsAt,
                expiresAt,
                used,
                batchId,
                createdBy,
                version,
                createdAt,
                now);
    }

    /** Whether there is a use left. */
    public boolean isLeft() {
        return limits.uses == null || used.uses < limits.uses;
    }
}
