package dev.tributary.commission.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a rule pays for. */
@Schema(
        name = "EarnedOn",
        enumeration = {"lead", "sale"})
public enum On {
    LEAD,
    SALE;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static On of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
