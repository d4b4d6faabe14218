package dev.tributary.analytics;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an affiliate asks of its statistics.
 *
 * @param programId one of its programs, or null where it is in one only
 * @param only what they are narrowed to
 * @param id the link or campaign, or null where they are not narrowed
 * @param limit rows at most, but for times, which are bounded by the period
 */
record Question(
        UUID affiliateId,
        @Nullable UUID programId,
        Only only,
        @Nullable UUID id,
        GroupBy by,
        Period period,
        int limit) {
    /** What statistics may be narrowed to: a condition on a table with a link's id. $3 is the link or campaign. */
    enum Only {
        EVERYTHING(""),
        LINK(" AND %s.link_id = $3"),
        CAMPAIGN(" AND %s.link_id IN (SELECT id FROM link WHERE campaign_id = $3)");

        private final String condition;

        Only(String condition) {
            this.condition = condition;
        }

        String on(String table) {
            return condition.formatted(table);
        }
    }
}
