package dev.tributary.payout.method;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a payout method has come. */
@Schema(name = "PayoutMethodState")
public enum MethodState {
    /** It is to replace another, and its owner has not said yet that this is meant. */
    PENDING_CONFIRMATION,
    /** The rail does not take it yet. */
    PENDING,
    ACTIVE,
    /** The rail took it and does not now; its owner can set that right with the provider. */
    INACTIVE,
    /** The rail never takes it. */
    DENIED,
    /** Another took its place, or nobody wanted it any more. */
    REMOVED;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MethodState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether money goes there, or would but for the provider. */
    boolean isInForce() {
        return this == ACTIVE || this == INACTIVE;
    }

    boolean isOver() {
        return this == DENIED || this == REMOVED;
    }
}
