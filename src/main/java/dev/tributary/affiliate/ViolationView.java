package dev.tributary.affiliate;

import dev.tributary.id.TypeId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A violation as the API shows it to staff. */
@Schema(name = "Violation")
record ViolationView(
        @Schema(examples = "vio_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q", nullable = true) @Nullable String programId,
        ViolationKind kind,
        Violation.Severity severity,
        @Schema(examples = "Search ad on our name, seen on 20 November") String evidence,
        @Schema(examples = "https://files.example.com/ad.png") String evidenceUrl,
        Violation.Action action,
        Instant createdAt,
        @Schema(examples = "3f0c2a52-8f1e-4d0b-9a55-1f2f5c0c9a11", description = "Whose account recorded it")
                String createdBy) {
    static ViolationView of(Violation v) {
        return new ViolationView(
                TypeId.VIOLATION.format(v.id()),
                TypeId.AFFILIATE.format(v.affiliateId()),
                v.programId() == null ? null : TypeId.PROGRAM.format(v.programId()),
                v.kind(),
                v.severity(),
                v.evidence(),
                v.evidenceUrl(),
                v.action(),
                v.createdAt(),
                v.createdBy());
    }
}
