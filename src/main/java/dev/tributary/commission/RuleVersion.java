package dev.tributary.commission;

import dev.tributary.commission.rule.Terms;
import dev.tributary.id.TypeId;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it was at some time. A change makes another version, so that what a commission was computed by can always be
 * read. What a program, a tier or an agreement says of itself is a rule too, by that row's id.
 *
 * @param name what commissions say: the kind, or {@code base_rate}, {@code tier_rate}, {@code agreement_split}
 * @param number counts the versions of one rule from 1; of an agreement its number; 0 of programs and tiers
 * @param target the enrollment or the tier that it is for, null where it is for all of the program
 */
record RuleVersion(
        UUID id,
        int number,
        String kind,
        String name,
        Scope scope,
        @Nullable UUID target,
        Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable Cap cap,
        Terms terms) {
    /** The closest first; among equals the one that began last, then the one that was made last. */
    static final Comparator<RuleVersion> CLOSEST_FIRST = Comparator.comparing(RuleVersion::scope)
            .thenComparing(RuleVersion::validFrom, Comparator.reverseOrder())
            .thenComparing(RuleVersion::id, Comparator.reverseOrder());

    static final String BASE_RATE = "base_rate";
    static final String TIER_RATE = "tier_rate";
    static final String AGREEMENT_SPLIT = "agreement_split";
    static final String SIGN_UP = "sign_up_bonus";
    static final String UPLINE = "upline";

    static RuleVersion implied(
            UUID id, int number, String kind, String name, Scope scope, @Nullable UUID target, Terms terms) {
        return new RuleVersion(id, number, kind, name, scope, target, Instant.EPOCH, null, null, terms);
    }

    /** Of the row that says so: a rule, a program, a tier or an agreement. */
    String publicId() {
        return switch (name) {
            case BASE_RATE, SIGN_UP, UPLINE ->
                number == 0 ? TypeId.PROGRAM.format(id) : TypeId.COMMISSION_RULE.format(id);
            case TIER_RATE -> TypeId.TIER.format(id);
            case AGREEMENT_SPLIT -> TypeId.AGREEMENT.format(id);
            default -> TypeId.COMMISSION_RULE.format(id);
        };
    }

    boolean validAt(Instant moment) {
        return !moment.isBefore(validFrom) && (validUntil == null || moment.isBefore(validUntil));
    }

    boolean isFor(UUID enrollmentId, @Nullable UUID tierId) {
        return switch (scope) {
            case ENROLLMENT, AGREEMENT -> enrollmentId.equals(target);
            case TIER -> target != null && target.equals(tierId);
            case PRODUCT, PROGRAM -> true;
        };
    }
}
