package dev.tributary.commission;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An enrollment that is credited with a conversion, and all that its commission depends on.
 *
 * @param weightBps its share of the credit
 * @param rules those of its program, and what program, tier and agreement say of themselves
 * @param recruiters of its affiliate, the nearest first; empty where one of them does not take part in the program
 */
record Party(
        Member member,
        int weightBps,
        @Nullable UUID tierId,
        List<RuleVersion> rules,
        List<Optional<Member>> recruiters) {
    /** An enrollment and its affiliate. */
    record Member(UUID enrollmentId, UUID affiliateId) {}

    Party {
        rules = List.copyOf(rules);
        recruiters = List.copyOf(recruiters);
    }
}
