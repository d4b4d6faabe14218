package dev.tributary.stripe;

/** What goes wrong with one request of the stub. */
public enum StubFault {
    /** The connection ends before anything happens. */
    DROPPED_BEFORE,
    /** It happens, and the connection ends before the answer. */
    DROPPED_AFTER,
    /** 500 before it happens; the key answers that 500 from then on. */
    BROKEN_BEFORE,
    /** It happens, and still the answer is 500; the key answers that from then on. */
    BROKEN_AFTER,
    /** It happens, and the answer is cut in the middle. */
    GARBLED,
    /** 503 of a machine on the way: no key knows of it. */
    UNAVAILABLE,
    /** 429 with {@code Retry-After: 1}. */
    LIMITED,
    /** It happens, and there is no answer, nor an end. Meanwhile its key is in use. */
    SILENT
}
