package dev.tributary.problem;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers every wrong field of a request, so that the caller is told all at once: 400 where a field has not its form, 422
 * where all have, and an amount, a rate, a threshold or a time cannot be as it is.
 */
public final class FieldErrors {
    private final List<FieldError> errors = new ArrayList<>();
    private boolean formed = true;

    /** Notes the field as one that has not its form unless the condition holds. */
    public FieldErrors require(boolean holds, String field, String code, String message) {
        formed &= holds;
        return allow(holds, field, code, message);
    }

    /** Notes the field as one that has its form and still cannot be so, unless the condition holds. */
    public FieldErrors allow(boolean holds, String field, String code, String message) {
        if (!holds) errors.add(new FieldError(field, code, message));
        return this;
    }

    /** Ends the check: throws a problem that names every wrong field, or nothing where all is well. */
    public void done() {
        if (!errors.isEmpty())
            throw new Problem(
                    formed ? ProblemKind.UNPROCESSABLE : ProblemKind.INVALID_REQUEST,
                    errors.size() == 1 ? errors.get(0).message() : errors.size() + " fields are not valid",
                    errors);
    }
}
