package dev.tributary.conversion.attribution;

import java.util.UUID;

/**
 * An affiliate in a program that something other than a click points to.
 *
 * @param barred whether it earns nothing now: suspended, banned or closed
 */
record Party(UUID enrollmentId, UUID affiliateId, boolean barred) {
    Winner winning() {
        return new Winner(enrollmentId, affiliateId, null, null, "", Weights.WHOLE);
    }
}
