package dev.tributary.affiliate;

import static java.util.Objects.requireNonNull;

import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a violation is recorded from. */
record ViolationInput(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q", description = "Where it concerns one program alone")
                @Nullable
                String programId,
        @Nullable ViolationKind kind,
        Violation.@Nullable Severity severity,
        @Schema(examples = "Search ad on our name, seen on 20 November", minLength = 1, maxLength = 4000) @Nullable
                String evidence,
        @Schema(examples = "https://files.example.com/ad.png", maxLength = 2048) @Nullable String evidenceUrl,
        @Schema(description = "None unless told; a suspension or ban changes the affiliate's status at once")
                Violation.@Nullable Action action) {

    Violation make(UUID id, UUID affiliate, String by, Instant now) {
        String url = evidenceUrl == null ? "" : evidenceUrl;
        String text = evidence == null ? "" : evidence;
        UUID program =
                programId == null ? null : TypeId.PROGRAM.parse(programId).orElse(null);
        new FieldErrors()
                .require(kind != null, "kind", "required", "kind is missing")
                .require(severity != null, "severity", "required", "severity is missing")
                .require(!text.isBlank(), "evidence", "required", "evidence is missing")
                .require(text.length() <= 4_000, "evidence", "too_long", "evidence has at most 4,000 characters")
                .require(text.indexOf('\0') < 0, "evidence", "malformed", "evidence is plain text")
                .require(
                        url.isEmpty() || Channel.isWebAddress(url),
                        "evidenceUrl",
                        "malformed",
                        "evidenceUrl is a web address of at most 2,048 characters")
                .require(programId == null || program != null, "programId", "malformed", "programId starts with prg_")
                .done();
        Violation.Action done = action == null ? Violation.Action.NONE : action;
        return new Violation(
                id, affiliate, program, requireNonNull(kind), requireNonNull(severity), text, url, done, now, by);
    }
}
