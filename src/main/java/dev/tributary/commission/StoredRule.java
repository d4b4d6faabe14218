package dev.tributary.commission;

import dev.tributary.commission.rule.Terms;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The latest version of a rule that staff made.
 *
 * @param number of the version, from 1
 * @param enrollmentId of scope enrollment
 * @param tierId of scope tier
 */
record StoredRule(
        UUID id,
        int number,
        UUID programId,
        String kind,
        Scope scope,
        @Nullable UUID enrollmentId,
        @Nullable UUID tierId,
        Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable Cap cap,
        Terms terms,
        boolean active,
        Instant createdAt) {}
