package dev.tributary.conversion.attribution;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a decision rests on, strongest first: an affiliate named by staff, the owner of a promo code, a click that the event
 * names, the affiliate that the customer is bound to, the clicks of the visitor; none = nobody is credited.
 */
@Schema(name = "AttributionBasis")
public enum Basis {
    NAMED,
    PROMO_CODE,
    CLICK,
    CUSTOMER,
    VISITOR,
    NONE;

    /** Whether the program's model shared the credit among clicks. */
    boolean isClicks() {
        return this == CLICK || this == VISITOR;
    }

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Basis of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
