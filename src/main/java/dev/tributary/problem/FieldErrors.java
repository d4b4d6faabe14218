package dev.tributary.problem;

import java.util.ArrayList;
import java.util.List;

/** Gathers every wrong field of a request, so that the caller is told all at once. */
public final class FieldErrors {
    private final List<FieldError> errors = new ArrayList<>();

    /** Notes the field as wrong unless the condition holds. */
    public FieldErrors require(boolean holds, String field, String code, String message) {
        if (!holds) errors.add(new FieldError(field, code, message));
        return this;
    }

    /** Ends the check: throws a 400 that names every wrong field, or nothing where all is well. */
    public void done() {
        if (!errors.isEmpty())
            throw new Problem(
                    ProblemKind.INVALID_REQUEST,
                    errors.size() == 1 ? errors.get(0).message() : errors.size() + " fields are not valid",
                    errors);
    }
}
