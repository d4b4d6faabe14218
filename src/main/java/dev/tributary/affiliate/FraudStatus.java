package dev.tributary.affiliate;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is thought of an affiliate's traffic: nothing, watched, or money is held back. */
@Schema(name = "FraudStatus")
public enum FraudStatus {
    CLEAR,
    WATCH,
    HELD;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FraudStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
