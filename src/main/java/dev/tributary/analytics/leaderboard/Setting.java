package dev.tributary.analytics.leaderboard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a program shows who ranks where.
 *
 * @param enabled the program's own rule {@code leaderboard}
 * @param minimumClicks without so many, a conversion rate is not ranked; 1 to 1,000,000
 */
record Setting(boolean enabled, Naming naming, int minimumClicks) {
    static final int MOST_CLICKS = 1_000_000;
    /** What holds until somebody says otherwise. */
    static final int USUAL_CLICKS = 50;

    /** By what others are shown. */
    @Schema(
            name = "LeaderboardNames",
            enumeration = {"initials", "opt_in"})
    public enum Naming {
        /** By initials, all. */
        INITIALS,
        /** By initials, but for those who wish to be shown by their display name. */
        OPT_IN;

        /** The word in JSON and in the database. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Naming of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** What others see of somebody. */
    String shown(String name, String displayName, boolean wishes) {
        return naming == Naming.OPT_IN && wishes && !displayName.isBlank() ? displayName : Initials.of(name);
    }
}
