package dev.tributary.payout.rail;

import java.time.Duration;

/** What came back for an attempt, before anybody says what it means. */
public sealed interface Reply {
    /** No byte left: the deadline had passed, or there was no connection to write to. */
    record NotWritten(String why) implements Reply {}

    /** Bytes may have left, and no whole answer came: a timeout, or a connection that broke. */
    record Silence(String why) implements Reply {}

    /**
     * @param status of HTTP, or what a rail without HTTP answers in its place
     * @param retryAfter zero where the provider names none
     * @param replayed whether the provider says that it saved this answer for an earlier attempt
     */
    record Answered(int status, Body body, Duration retryAfter, boolean replayed) implements Reply {
        public Answered(int status, Body body) {
            this(status, body, Duration.ZERO, false);
        }
    }

    /** What an answer holds. */
    sealed interface Body {
        /** The provider's own account of the payout. */
        record Row(Transfer transfer) implements Body {}

        /** An error in the shape that the provider documents; its message may hold personal data and is not kept. */
        record Failure(String code) implements Body {}

        /** Anything else: a page of a proxy, half a body. */
        record Unreadable() implements Body {}
    }
}
