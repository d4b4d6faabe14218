package dev.tributary.affiliate;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.access.ApiKeys;
import dev.tributary.problem.Problem;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a key is followed by another. */
record KeyRotationInput(
        @Schema(
                        examples = "24",
                        minimum = "0",
                        maximum = "720",
                        description = "How long the old key goes on working; 24 unless given")
                @Nullable
                Integer overlapHours) {
    /** Time to bring the new key to where it is used. */
    private static final int USUAL_HOURS = 24;

    Duration overlap() {
        int hours = requireNonNullElse(overlapHours, USUAL_HOURS);
        if (hours < 0 || hours > ApiKeys.LONGEST_OVERLAP.toHours())
            throw Problem.field("overlapHours", "out_of_range", "overlapHours is 0 to 720");
        return Duration.ofHours(hours);
    }
}
