package dev.tributary.affiliate;

import dev.tributary.id.TypeId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A report as the API shows it to staff. */
@Schema(name = "AbuseReport")
record AbuseReportView(
        @Schema(examples = "abr_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "https://go.example.com/r/ECO10", description = "As it was written: untrusted") String code,
        @Schema(
                        examples = "aff_01h455vb4pex5vsknk084sn02q",
                        nullable = true,
                        description = "Whose the code was when the report came; null where it was nobody's")
                @Nullable
                String affiliateId,
        ViolationKind kind,
        @Schema(examples = "Sends me mail that I never asked for", description = "As it was written: untrusted")
                String message,
        @Schema(examples = "me@example.com", nullable = true, description = "Forgotten after 90 days") @Nullable
                String contactEmail,
        @Schema(
                        examples = "9f86d081",
                        nullable = true,
                        description = "The same for reports from one network in one month; forgotten after 90 days")
                @Nullable
                String source,
        AbuseReport.Status status,
        @Schema(examples = "") String note,
        @Schema(examples = "3f0c2a52-8f1e-4d0b-9a55-1f2f5c0c9a11", nullable = true) @Nullable String handledBy,
        @Schema(nullable = true) @Nullable Instant handledAt,
        Instant createdAt,
        Instant updatedAt) {
    static AbuseReportView of(AbuseReport r) {
        return new AbuseReportView(
                TypeId.ABUSE_REPORT.format(r.id()),
                r.code(),
                r.affiliateId() == null ? null : TypeId.AFFILIATE.format(r.affiliateId()),
                r.kind(),
                r.message(),
                r.contactEmail(),
                r.sourceMark(),
                r.status(),
                r.note(),
                r.handledBy(),
                r.handledAt(),
                r.createdAt(),
                r.updatedAt());
    }
}
