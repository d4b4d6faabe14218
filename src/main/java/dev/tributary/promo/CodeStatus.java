package dev.tributary.promo;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether a discount code may be used, and what it may become. */
@Schema(name = "DiscountCodeStatus")
public enum CodeStatus {
    ACTIVE,
    PAUSED,
    /** Its time is over; with a later end it may be active again. */
    EXPIRED,
    /** For ever: its text is nobody else's even then, because it is on the web. */
    ARCHIVED;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static CodeStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether somebody of the staff may choose it. */
    boolean isChosen() {
        return this != EXPIRED;
    }

    /** Whether it may become anything else. */
    boolean isFinal() {
        return this == ARCHIVED;
    }
}
