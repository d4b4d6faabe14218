package dev.tributary.chaos;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one request came to.
 *
 * @param sentAt when it was written, {@link System#nanoTime()}
 * @param nanos from when it was due (so a stalled server cannot hide the requests it kept waiting) to its answer
 * @param status the answer's status, or {@link #CUT} or {@link #REFUSED}
 * @param clickId the id that the answer's Location carries: the click is acknowledged
 */
record Answer(long sentAt, long nanos, int status, @Nullable UUID clickId) {
    /** The connection ended between the request and the end of its answer, or the answer took longer than five seconds. */
    static final int CUT = 0;

    /** No connection could be made, so no request was sent. */
    static final int REFUSED = -1;

    boolean redirected() {
        return status == 302;
    }

    boolean sent() {
        return status != REFUSED;
    }
}
