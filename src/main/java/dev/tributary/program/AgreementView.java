package dev.tributary.program;

import dev.tributary.id.TypeId;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version of an agreement as the API shows it. */
@Schema(name = "Agreement")
record AgreementView(
        @Schema(examples = "agr_01h455vb4pex5vsknk084sn02q") String id,
        String programId,
        @Schema(examples = "2", description = "Counts a program's versions from 1") int number,
        @Schema(examples = "Partner terms") String title,
        @Schema(nullable = true, description = "Plain text or Markdown; null in lists", examples = "You may ...")
                @Nullable
                String terms,
        @Schema(nullable = true, examples = "5000", description = "The affiliate's share in basis points") @Nullable
                Integer revenueSplitBps,
        @Schema(description = "Whether it is the version that counts now") boolean current,
        Instant validFrom,
        @Schema(nullable = true, description = "null: until a newer version is valid") @Nullable Instant validUntil,
        @Schema(nullable = true, description = "How long those who have not accepted it may go on; null: not at all")
                @Nullable
                Instant graceUntil,
        Instant createdAt) {
    static AgreementView of(Agreement a, Optional<Agreement> current) {
        return of(a, current.filter(c -> c.id().equals(a.id())).isPresent());
    }

    static AgreementView of(Agreement a, boolean current) {
        return new AgreementView(
                TypeId.AGREEMENT.format(a.id()),
                TypeId.PROGRAM.format(a.programId()),
                a.number(),
                a.title(),
                a.terms().isEmpty() ? null : a.terms(),
                a.revenueSplitBps(),
                current,
                a.validFrom(),
                a.validUntil(),
                a.graceUntil(),
                a.createdAt());
    }
}
