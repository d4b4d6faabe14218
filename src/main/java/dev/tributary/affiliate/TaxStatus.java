package dev.tributary.affiliate;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far an affiliate's tax form has come. */
@Schema(name = "TaxStatus")
public enum TaxStatus {
    MISSING,
    SUBMITTED,
    VERIFIED;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static TaxStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
