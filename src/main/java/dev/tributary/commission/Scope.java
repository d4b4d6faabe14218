package dev.tributary.commission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** For whom a rule is, from the closest to the widest: of those that apply, the closest wins. */
@Schema(
        name = "CommissionScope",
        enumeration = {"enrollment", "agreement", "product", "tier", "program"})
public enum Scope {
    ENROLLMENT,
    /** The share that the accepted agreement names. */
    AGREEMENT,
    PRODUCT,
    TIER,
    PROGRAM;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Scope of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
