package dev.tributary.program;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A version of an agreement as it stands to one affiliate of its program.
 *
 * @param current whether it is the version that counts now
 * @param acceptedAt null = not yet
 */
record AgreementOffer(Agreement agreement, boolean current, @Nullable Instant acceptedAt) {
    UUID id() {
        return agreement.id();
    }

    /** The same as lists and the record of changes have it. */
    AgreementOffer withoutTerms() {
        return new AgreementOffer(agreement.withoutTerms(), current, acceptedAt);
    }

    /** As the API shows it. */
    @Schema(name = "AgreementOffer")
    record View(
            AgreementView agreement,
            @Schema(nullable = true, description = "null: not accepted yet") @Nullable Instant acceptedAt) {
        static View of(AgreementOffer offer) {
            return new View(AgreementView.of(offer.agreement, offer.current), offer.acceptedAt);
        }
    }
}
