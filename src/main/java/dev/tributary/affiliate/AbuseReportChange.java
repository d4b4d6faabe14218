package dev.tributary.affiliate;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What staff decide on a report; what is left out stays. */
record AbuseReportChange(
        AbuseReport.@Nullable Status status,
        @Schema(examples = "Same mail as in vio_01h455vb4pex5vsknk084sn02q", maxLength = 2000) @Nullable String note) {
    AbuseReportChange checked() {
        new FieldErrors()
                .require(
                        note == null || note.length() <= 2_000, "note", "too_long", "note has at most 2,000 characters")
                .require(note == null || note.indexOf('\0') < 0, "note", "malformed", "note is plain text")
                .done();
        return this;
    }

    AbuseReport over(AbuseReport old, String by, Instant now) {
        return old.handled(requireNonNullElse(status, old.status()), requireNonNullElse(note, old.note()), by, now);
    }
}
