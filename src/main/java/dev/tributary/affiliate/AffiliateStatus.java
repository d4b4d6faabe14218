package dev.tributary.affiliate;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whether an affiliate may promote, and what it may become. Only while {@code ACTIVE} do clicks earn.
 *
 * <ul>
 *   <li>pending: applied or was invited, and was not accepted yet;
 *   <li>paused: rests, on their own wish or ours, without blame;
 *   <li>suspended: stopped while something is looked into; banned: stopped for what was found;
 *   <li>closed: gone for good, the one state that nothing leaves.
 * </ul>
 */
@Schema(name = "AffiliateStatus")
public enum AffiliateStatus {
    PENDING,
    ACTIVE,
    PAUSED,
    SUSPENDED,
    BANNED,
    CLOSED;

    /** Whether this may become that. A ban that is lifted leads through suspension: two decisions, not one slip. */
    public boolean mayBecome(AffiliateStatus next) {
        return switch (this) {
            case PENDING -> next == ACTIVE || next == BANNED || next == CLOSED;
            case ACTIVE, PAUSED, SUSPENDED -> next != PENDING && next != this;
            case BANNED -> next == SUSPENDED || next == CLOSED;
            case CLOSED -> false;
        };
    }

    /** Whether API keys open anything: not for those who are stopped, and not before they are accepted. */
    public boolean mayUseKeys() {
        return this == ACTIVE || this == PAUSED;
    }

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AffiliateStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
