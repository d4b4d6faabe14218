package dev.tributary.contest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a contest counts, of what happened between its two moments. */
@Schema(
        name = "ContestMetric",
        enumeration = {"referrals", "sales", "revenue", "earnings", "conversion_rate"})
public enum Metric {
    /** Customers who signed up. */
    REFERRALS,
    /** Sales that were not given back in full. */
    SALES,
    /** What is left of sales after refunds, in the program's currency. */
    REVENUE,
    /** What stands of commissions, prizes and adjustments aside, in the program's currency. */
    EARNINGS,
    /** Sales of 10,000 clicks, where there were enough clicks. */
    CONVERSION_RATE;

    /** Whether its values are minor units of a currency. */
    boolean isMoney() {
        return this == REVENUE || this == EARNINGS;
    }

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Metric of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
