package dev.tributary.conversion;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Through which door a conversion came. */
@Schema(name = "ConversionDoor")
public enum Door {
    API,
    POSTBACK,
    STAFF,
    IMPORT,
    STRIPE;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Door of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
