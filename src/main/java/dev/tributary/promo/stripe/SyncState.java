package dev.tributary.promo.stripe;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a code stands at Stripe. */
@Schema(name = "StripeCouponState")
public enum SyncState {
    /** There is something to do. */
    WAITING,
    /** Stripe holds what it should. */
    SYNCED,
    /** Stripe has no part in it: it takes nothing off, or was never usable. */
    LOCAL,
    /** Stripe cannot have it; the error says why. */
    REFUSED;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SyncState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
