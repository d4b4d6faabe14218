package dev.tributary.problem;

import java.util.List;

/**
 * A request that cannot be answered as asked, and why. Thrown anywhere below a resource; rendered once, as
 * {@code application/problem+json}, by this room.
 */
public final class Problem extends RuntimeException {
    private final transient ProblemKind kind;
    private final transient List<FieldError> errors;

    public Problem(ProblemKind kind, String detail) {
        this(kind, detail, List.of());
    }

    public Problem(ProblemKind kind, String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.kind = kind;
        this.errors = List.copyOf(errors);
    }

    /** One field that is wrong: 400 {@code invalid_request} with that field named. */
    public static Problem field(String field, String code, String message) {
        return new Problem(ProblemKind.INVALID_REQUEST, message, List.of(new FieldError(field, code, message)));
    }

    /** One field that has its form and still cannot be so: 422 {@code unprocessable} with that field named. */
    public static Problem value(String field, String code, String message) {
        return new Problem(ProblemKind.UNPROCESSABLE, message, List.of(new FieldError(field, code, message)));
    }

    public static Problem notFound(String what) {
        return new Problem(ProblemKind.NOT_FOUND, what + " not found");
    }

    public ProblemKind kind() {
        return kind;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
