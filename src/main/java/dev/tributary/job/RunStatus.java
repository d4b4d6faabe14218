package dev.tributary.job;

import java.util.Locale;

/** How a run stands. */
enum RunStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Its process died; the next run of the job noticed. */
    ABANDONED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunStatus of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
