package dev.tributary.payout.tax;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How an affiliate's tax papers stand, with what was given last. */
@Schema(name = "TaxPapers")
record TaxPapersView(
        @Schema(
                        examples = "submitted",
                        enumeration = {"missing", "submitted", "verified", "rejected", "expired"})
                String status,
        @Schema(
                        nullable = true,
                        description =
                                "Which form is asked of a person in the country of the profile; companies abroad give a"
                                        + " W-8BEN-E on paper. Null where the profile has no country")
                @Nullable
                FormKind expectedKind,
        @Schema(description = "What is confirmed by signing the expected form") List<String> certifications,
        @Schema(nullable = true, description = "Of the form that was given last") @Nullable FormKind kind,
        @Schema(nullable = true, description = "The form without its numbers; null where none was given, or on paper")
                @Nullable
                RedactedForm form,
        @Schema(examples = "", description = "Why it was rejected, or empty") String reason,
        @Schema(nullable = true) @Nullable Instant submittedAt,
        @Schema(nullable = true) @Nullable Instant verifiedAt) {
    static TaxPapersView missing(@Nullable FormKind expected) {
        return new TaxPapersView("missing", expected, certifications(expected), null, null, "", null, null);
    }

    static TaxPapersView of(
            StoredForm form, @Nullable RedactedForm shown, boolean expired, @Nullable FormKind expected) {
        String status =
                expired && form.state().isInForce() ? "expired" : form.state().word();
        String reason = form.reason();
        return new TaxPapersView(
                status,
                expected,
                certifications(expected),
                form.facts().kind(),
                shown,
                reason == null ? "" : reason,
                form.createdAt(),
                form.verifiedAt());
    }

    private static List<String> certifications(@Nullable FormKind expected) {
        return expected == null ? List.of() : Certifications.of(expected);
    }
}
