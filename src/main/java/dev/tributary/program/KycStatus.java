package dev.tributary.program;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is known of who an applicant is: {@code PENDING} while a check is under way, {@code REVIEW} where a person has to
 * look, {@code CLEAR}, or {@code REFUSED}.
 */
@Schema(name = "KycStatus")
public enum KycStatus {
    PENDING,
    REVIEW,
    CLEAR,
    REFUSED;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static KycStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether a person may approve the application: their look at it is the review. */
    boolean mayBeApproved() {
        return this == REVIEW || this == CLEAR;
    }
}
