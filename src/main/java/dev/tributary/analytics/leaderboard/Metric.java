package dev.tributary.analytics.leaderboard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a ranking counts. */
@Schema(
        name = "LeaderboardMetric",
        enumeration = {"referrals", "earnings", "conversion_rate"})
enum Metric {
    /** Customers who were bound to the affiliate, by when they signed up. */
    REFERRALS,
    /** What stands of the commissions earned, in minor units of the program's currency. */
    EARNINGS,
    /** Sales of 10,000 clicks, where there were enough clicks. */
    CONVERSION_RATE;

    /** The word in JSON and in the database. */
    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Metric of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
