package dev.tributary.affiliate;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is done against the terms: brand bidding is advertising on the merchant's own name. */
@Schema(name = "ViolationKind")
public enum ViolationKind {
    SPAM,
    MISLEADING_CLAIMS,
    BRAND_BIDDING,
    MISSING_DISCLOSURE,
    COOKIE_STUFFING,
    OTHER;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ViolationKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
