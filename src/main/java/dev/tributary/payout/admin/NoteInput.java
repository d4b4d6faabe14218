package dev.tributary.payout.admin;

import dev.tributary.problem.FieldErrors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What was done about a task. */
@Schema(name = "PayoutTaskNoteInput")
record NoteInput(
        @Schema(examples = "Asked the provider: they took the second one back", maxLength = 1000) @Nullable
                String note) {
    private static final int LONGEST = 1_000;

    String checked() {
        String text = note == null ? "" : note;
        new FieldErrors()
                .require(!text.isBlank(), "note", "required", "note says what was done")
                .require(text.length() <= LONGEST, "note", "too_long", "note has at most " + LONGEST + " characters")
                .require(text.indexOf('\0') < 0, "note", "malformed", "note holds no character U+0000")
                .done();
        return text;
    }
}
