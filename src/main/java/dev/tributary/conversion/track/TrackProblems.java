package dev.tributary.conversion.track;

import dev.tributary.conversion.RefundOutcome;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What merchants are told where their event is not, or not simply, stored. */
final class TrackProblems {
    private TrackProblems() {}

    /** Nothing was changed: what is stored under the id says something else. */
    static Problem taken(String externalId) {
        return new Problem(
                ProblemKind.CONFLICT,
                "Another event is stored under this externalId",
                List.of(new FieldError("externalId", "taken", externalId + " is another event already")));
    }

    /** Stored as rejected, and told so that somebody looks: every sale of a program is in one currency. */
    static Problem otherCurrency() {
        return unprocessable(
                "amount.currency",
                "currency_mismatch",
                "This is not the program's currency; the sale is kept as rejected");
    }

    /** Why a refund is not stored; null where it is. */
    static @Nullable Problem of(RefundOutcome outcome) {
        return switch (outcome.result()) {
            case BOOKED, WAITING, REPEATED -> null;
            case DIFFERENT -> taken(outcome.externalId());
            case CURRENCY_MISMATCH ->
                unprocessable("amount.currency", "currency_mismatch", "A refund is in the currency of its sale");
            case TOO_MUCH -> unprocessable("amount.amount", "too_much", "This is more than is left of the sale");
        };
    }

    private static Problem unprocessable(String field, String code, String message) {
        return new Problem(ProblemKind.UNPROCESSABLE, message, List.of(new FieldError(field, code, message)));
    }
}
