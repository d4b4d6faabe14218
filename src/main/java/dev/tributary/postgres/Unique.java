package dev.tributary.postgres;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.vertx.pgclient.PgException;

/** Tells a caller that a value is taken, where PostgreSQL's unique constraint is what noticed. */
public final class Unique {
    private static final String UNIQUE_VIOLATION = "23505";

    private Unique() {}

    /** Whether this failure is a value that is taken. */
    public static boolean violated(Throwable failure) {
        return failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState());
    }

    /** The 409 for it. */
    public static Problem conflict(String message) {
        return new Problem(ProblemKind.CONFLICT, message);
    }
}
