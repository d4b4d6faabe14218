package dev.tributary.contest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a contest is, by the time and by what was done to it. */
@Schema(
        name = "ContestStatus",
        enumeration = {"upcoming", "active", "ended", "settled", "canceled"})
public enum ContestStatus {
    UPCOMING,
    ACTIVE,
    /** Over, and not decided yet: refunds and late data still count. */
    ENDED,
    /** Decided, for ever. */
    SETTLED,
    CANCELED;

    /** The word in JSON. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
