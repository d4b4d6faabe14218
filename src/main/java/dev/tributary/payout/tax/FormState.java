package dev.tributary.payout.tax;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a form. */
@Schema(name = "TaxFormState")
public enum FormState {
    SUBMITTED,
    VERIFIED,
    REJECTED,
    /** Another was given after it. */
    REPLACED;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FormState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether payments go by it. */
    boolean isInForce() {
        return this == SUBMITTED || this == VERIFIED;
    }
}
