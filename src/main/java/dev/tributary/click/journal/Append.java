package dev.tributary.click.journal;

import java.util.concurrent.Executor;

/** One record on its way to disk, and who waits for it. */
public abstract class Append {
    final byte[] record;
    final Executor executor;

    /** The answer is given on {@code executor}; appends that share one are answered together. */
    protected Append(byte[] record, Executor executor) {
        this.record = record;
        this.executor = executor;
    }

    /** Called once: true when the record is on disk, false when it is not known to be. */
    protected abstract void done(boolean durable);
}
