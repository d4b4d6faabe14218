package dev.tributary.payout.own;

import dev.tributary.payout.Period;
import dev.tributary.problem.FieldErrors;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How often somebody wants to be paid. */
@Schema(name = "PayoutScheduleInput")
record ScheduleInput(
        @Schema(
                        examples = "prg_01h455vb4pex5vsknk084sn02q",
                        description = "Needed by those who are in several programs")
                @Nullable
                String programId,
        @Schema(
                        examples = "daily",
                        enumeration = {"monthly", "daily"})
                @Nullable
                String schedule) {
    Period.Kind kind() {
        boolean daily = Period.Kind.DAILY.word().equals(schedule);
        new FieldErrors()
                .require(schedule != null, "schedule", "required", "schedule is missing")
                .require(
                        schedule == null || daily || Period.Kind.MONTHLY.word().equals(schedule),
                        "schedule",
                        "unknown_value",
                        "schedule is monthly or daily")
                .done();
        return daily ? Period.Kind.DAILY : Period.Kind.MONTHLY;
    }

    @Nullable
    UUID program() {
        return RequestInput.program(programId);
    }
}
