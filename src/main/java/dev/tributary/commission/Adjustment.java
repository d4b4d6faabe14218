package dev.tributary.commission;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A person's correction of what an enrollment is owed: proposed by one account, decided by another.
 *
 * @param amountMinor less than 0 takes, which may make a debt
 */
record Adjustment(
        UUID id,
        UUID programId,
        Party.Member member,
        long amountMinor,
        String currency,
        String reason,
        State status,
        String proposedBy,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        Instant createdAt) {

    /** Where an adjustment stands. */
    @Schema(
            name = "AdjustmentStatus",
            enumeration = {"proposed", "approved", "rejected"})
    public enum State {
        PROPOSED,
        APPROVED,
        REJECTED;

        /** The word in JSON and in the database. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    Adjustment decided(State as, String by, Instant at) {
        return new Adjustment(id, programId, member, amountMinor, currency, reason, as, proposedBy, by, at, createdAt);
    }

    /** The commission that it is from its approval on. */
    Commission commission(UUID commissionId, Instant at) {
        return new Commission(
                commissionId,
                programId,
                member,
                new Commission.Source(Commission.Source.ADJUSTMENT, id),
                "adjustment",
                0,
                1,
                null,
                amountMinor,
                0,
                currency,
                Status.APPROVED,
                true,
                null,
                at,
                at,
                1);
    }
}
