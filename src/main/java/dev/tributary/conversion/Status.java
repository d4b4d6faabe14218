package dev.tributary.conversion;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a conversion stands. */
@Schema(name = "ConversionStatus")
public enum Status {
    /** Somebody is credited for it. */
    ACCEPTED,
    /** It earns nothing, for a {@link Reason}. */
    REJECTED,
    /** Its only evidence is a click that has not landed yet. */
    WAITING,
    /** Accepted once, and given back in full. */
    REFUNDED;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
