package dev.tributary.contest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who wins where several have the same value at the end. */
@Schema(
        name = "ContestTieRule",
        enumeration = {"shared", "first_reached", "none"})
public enum TieRule {
    /** All of them: they divide the money of the places that they hold together. */
    SHARED,
    /** Who had the value first is ahead of the others. */
    FIRST_REACHED,
    /** Nobody: the prizes of the places that they hold together are not given. */
    NONE;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TieRule of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
