package dev.tributary.click.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** Our own journal, as the application runs it. */
final class OwnCandidate implements Candidate {
    static final int SEGMENT_BYTES = 16 << 20;
    /** More than a round can fill: nothing lands here, so nothing is freed. */
    private static final long MAX_BYTES = 8L << 30;

    private static final int QUEUE = 65_536;
    private static final Executor WRITER = Runnable::run;

    private final Journal journal;

    OwnCandidate(Path directory) throws IOException {
        journal = new Journal(directory, SEGMENT_BYTES, MAX_BYTES, QUEUE);
    }

    @Override
    public void append(byte[] record, Runnable acknowledged) {
        if (!journal.append(new Waiting(record, acknowledged))) throw new IllegalStateException("the queue is full");
    }

    @Override
    public void close() {
        journal.close();
    }

    private static final class Waiting extends Append {
        private final Runnable acknowledged;

        Waiting(byte[] record, Runnable acknowledged) {
            super(record, WRITER);
            this.acknowledged = acknowledged;
        }

        @Override
        protected void done(boolean durable) {
            if (!durable) throw new IllegalStateException("the disk did not take a record");
            acknowledged.run();
        }
    }
}
