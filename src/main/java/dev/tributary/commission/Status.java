package dev.tributary.commission;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a commission stands. */
@Schema(
        name = "CommissionStatus",
        enumeration = {"pending", "approved", "paid", "held", "rejected", "reversed"})
public enum Status {
    /** Inside the hold period. */
    PENDING,
    /** Payable. */
    APPROVED,
    /** Part of a payout that arrived. */
    PAID,
    /** Stopped by a person or by the fraud room; only a person lets it go. */
    HELD,
    /** Refused by a person, for good. */
    REJECTED,
    /** Nothing is left of it: refunded in full, or its conversion was decided anew. */
    REVERSED;

    boolean mayApprove() {
        return this == PENDING || this == HELD;
    }

    boolean mayHold() {
        return this == PENDING || this == APPROVED;
    }

    /** What is paid is not refused: an adjustment takes it back, with a reason of its own. */
    boolean mayReject() {
        return this == PENDING || this == HELD || this == APPROVED;
    }

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
