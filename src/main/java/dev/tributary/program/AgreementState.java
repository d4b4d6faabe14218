package dev.tributary.program;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an enrollment stands to the agreement that is valid in its program, without the text.
 *
 * @param graceUntil how long it may wait with accepting; null = not at all
 * @param acceptedAt when it accepted this version, or one announced after it; null = not yet
 */
public record AgreementState(
        UUID agreementId,
        int number,
        String title,
        Instant validFrom,
        @Nullable Instant graceUntil,
        @Nullable Instant acceptedAt) {
    public boolean accepted() {
        return acceptedAt != null;
    }

    /** Whether new links, keys and the like are open to the enrollment; what it has goes on in any case. */
    public boolean mayCreate(Instant now) {
        return acceptedAt != null || graceUntil != null && now.isBefore(graceUntil);
    }
}
