package dev.tributary.affiliate;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the public tells of an affiliate. */
record AbuseReportInput(
        @Schema(
                        examples = "https://go.example.com/r/ECO10",
                        minLength = 1,
                        maxLength = 2048,
                        description = "The affiliate's code, or a link with it, as you saw it")
                @Nullable
                String code,
        @Nullable ViolationKind kind,
        @Schema(examples = "Sends me mail that I never asked for", minLength = 1, maxLength = 4000) @Nullable
                String message,
        @Schema(examples = "me@example.com", description = "Where you may be asked; forgotten after 90 days") @Nullable
                String contactEmail,
        @Schema(examples = "", description = "Leave empty and hide it from people: what fills it in is a robot")
                @Nullable
                String website) {
    AbuseReportInput checked() {
        String where = requireNonNullElse(code, "");
        String text = requireNonNullElse(message, "");
        new FieldErrors()
                .require(!where.isBlank(), "code", "required", "code is missing")
                .require(where.length() <= 2_048, "code", "too_long", "code has at most 2,048 characters")
                .require(Affiliate.oneLine(where), "code", "malformed", "code is one line of text")
                .require(kind != null, "kind", "required", "kind is missing")
                .require(!text.isBlank(), "message", "required", "message is missing")
                .require(text.length() <= 4_000, "message", "too_long", "message has at most 4,000 characters")
                .require(text.indexOf('\0') < 0, "message", "malformed", "message is plain text")
                .require(
                        contactEmail == null || contactEmail.isEmpty() || Affiliate.isEmail(contactEmail),
                        "contactEmail",
                        "malformed",
                        "contactEmail is an address such as a@example.com")
                .done();
        return this;
    }

    boolean byRobot() {
        return website != null && !website.isEmpty();
    }

    AbuseReport make(UUID id, @Nullable UUID affiliate, byte[] source, Instant now) {
        return new AbuseReport(
                id,
                requireNonNullElse(code, "").strip(),
                affiliate,
                requireNonNull(kind),
                requireNonNullElse(message, ""),
                contactEmail == null || contactEmail.isEmpty() ? null : contactEmail,
                source,
                AbuseReport.Status.OPEN,
                "",
                null,
                null,
                now,
                now);
    }
}
