package dev.tributary.conversion.attribution;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why something that pointed to an affiliate earns nothing: the stable reason codes of conversions that nobody is credited with. */
@Schema(name = "AttributionExclusion")
public enum Exclusion {
    /** The named affiliate is not in this program. */
    AFFILIATE_UNKNOWN,
    /** Suspended, banned or closed, in this program or altogether, at the moment of the decision. */
    AFFILIATE_SUSPENDED,
    /** No such promo code in this program, or it is paused, or it belongs to nobody. */
    PROMO_CODE_UNKNOWN,
    /** No such click in this program; it may not have landed yet. */
    CLICK_UNKNOWN,
    /** A bot's, a prefetch or a HEAD request. */
    CLICK_NOT_HUMAN,
    /** Link, affiliate or program were not active when it was clicked. */
    CLICK_NOT_CREDITED,
    /** Made after the click that the event names, which was the last that counted. Never the reason of a conversion. */
    AFTER_NAMED_CLICK,
    /** Older than the program's window allows, or made after the conversion. */
    OUTSIDE_WINDOW,
    /** Nothing pointed to anybody. */
    NO_EVIDENCE;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Exclusion of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
