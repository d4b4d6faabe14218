package dev.tributary.click.journal;

/**
 * A durable log under comparison. A record counts as acknowledged when {@code acknowledged} runs: not before the record
 * and all before it would survive the death of the process and of the operating system.
 */
interface Candidate extends AutoCloseable {
    /** Called by many threads; may return before the record is durable. */
    void append(byte[] record, Runnable acknowledged) throws Exception;

    /** Writes what gathered, then stops. */
    @Override
    void close() throws Exception;
}
