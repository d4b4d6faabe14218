package dev.tributary.conversion.track;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.RefundOutcome;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.Problem;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row of a batch.
 *
 * @param row from 1
 */
@Schema(name = "TrackRow")
public record TrackRow(
        @Schema(examples = "1", description = "From 1, as they were sent") int row,
        Result result,
        @Schema(nullable = true, description = "Of a lead or a sale that is stored") @Nullable OutcomeView conversion,
        @Schema(nullable = true, description = "Of a refund that is stored") @Nullable RefundView refund,
        @Schema(nullable = true, examples = "unprocessable", description = "Where refused: the problem's code")
                @Nullable
                String code,
        @Schema(nullable = true, examples = "amount is missing", description = "Where refused: why") @Nullable
                String detail,
        @Schema(description = "Where refused: the fields that are wrong") List<FieldError> errors) {

    /** How a row ended, to be counted. */
    @Schema(
            name = "TrackResult",
            enumeration = {"accepted", "rejected", "waiting", "booked", "repeated", "refused"})
    public enum Result {
        ACCEPTED,
        REJECTED,
        WAITING,
        BOOKED,
        /** Known before: nothing changed. */
        REPEATED,
        /** Not stored. */
        REFUSED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static TrackRow of(int row, Outcome outcome) {
        if (outcome.repeat() == Outcome.Repeat.DIFFERENT) return of(row, TrackProblems.taken(outcome.externalId()));
        Result result = outcome.repeat() == Outcome.Repeat.SAME
                ? Result.REPEATED
                : switch (outcome.status()) {
                    case ACCEPTED, REFUNDED -> Result.ACCEPTED;
                    case REJECTED -> Result.REJECTED;
                    case WAITING -> Result.WAITING;
                };
        return new TrackRow(row, result, OutcomeView.of(outcome), null, null, null, List.of());
    }

    public static TrackRow of(int row, RefundOutcome outcome) {
        Problem refused = TrackProblems.of(outcome);
        if (refused != null) return of(row, refused);
        Result result =
                switch (outcome.result()) {
                    case BOOKED -> Result.BOOKED;
                    case WAITING -> Result.WAITING;
                    default -> Result.REPEATED;
                };
        return new TrackRow(row, result, null, RefundView.of(outcome), null, null, List.of());
    }

    public static TrackRow of(int row, Problem problem) {
        return new TrackRow(
                row, Result.REFUSED, null, null, problem.kind().code(), problem.getMessage(), problem.errors());
    }
}
