package dev.tributary.job;

import java.util.Objects;

/** The job did its work and the outcome is bad, in words for people: what a check found, what could not be done. */
public final class JobFailed extends RuntimeException {
    public JobFailed(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
