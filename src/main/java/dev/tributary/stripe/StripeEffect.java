package dev.tributary.stripe;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of an event.
 *
 * @param note why, for people; names of buyers do not belong here
 */
public record StripeEffect(State state, String note) {
    private static final int MOST_CHARACTERS = 300;

    /** Done: it had its effect. Ignored: it has none. Refused: it should have had one and cannot. Waiting: not yet. */
    @Schema(name = "StripeEventState")
    public enum State {
        DONE,
        IGNORED,
        REFUSED,
        WAITING;

        /** The word in JSON and in the database. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public StripeEffect {
        if (note.length() > MOST_CHARACTERS) note = note.substring(0, MOST_CHARACTERS);
    }

    public static StripeEffect done(String note) {
        return new StripeEffect(State.DONE, note);
    }

    public static StripeEffect ignored(String note) {
        return new StripeEffect(State.IGNORED, note);
    }

    public static StripeEffect refused(String note) {
        return new StripeEffect(State.REFUSED, note);
    }

    /** Something else must come first: Stripe keeps no order. It is tried again for three days. */
    public static StripeEffect notYet(String note) {
        return new StripeEffect(State.WAITING, note);
    }
}
