package dev.tributary.job;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a caller says who wants a run. */
@Schema(name = "JobRunInput")
record RunInput(
        @Schema(description = "Tell what would be done, and change nothing; false where nothing is said") @Nullable
                Boolean dryRun) {}
