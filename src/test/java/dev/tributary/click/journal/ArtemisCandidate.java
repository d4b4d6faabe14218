package dev.tributary.click.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.IOCompletion;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;
import org.apache.activemq.artemis.core.journal.impl.dataformat.ByteArrayEncoding;

/**
 * The journal of Apache ActiveMQ Artemis over NIO. It batches by a timer: a buffer is written and synced when it is full or
 * when the timeout passes, so the timeout is a parameter here. Each record is deleted again by a record of its own, as a
 * landed click must be, without waiting for that.
 */
final class ArtemisCandidate implements Candidate {
    private static final int BUFFER_BYTES = 490 * 1024;
    private static final byte TYPE = 1;

    private final JournalImpl journal;
    private final NIOSequentialFileFactory files;
    private final AtomicLong ids = new AtomicLong();

    ArtemisCandidate(Path directory, int timeoutNanos) throws Exception {
        files = new NIOSequentialFileFactory(directory.toFile(), true, BUFFER_BYTES, timeoutNanos, 1, false);
        journal = new JournalImpl(OwnCandidate.SEGMENT_BYTES, 4, 8, 0, 0, files, "click", "jnl", 1);
        journal.start();
        journal.load(new ArrayList<>(), new ArrayList<>(), null);
    }

    @Override
    public void append(byte[] record, Runnable acknowledged) throws Exception {
        long id = ids.incrementAndGet();
        journal.appendAddRecord(id, TYPE, new ByteArrayEncoding(record), true, new Acknowledge(acknowledged));
        if (id > 1_000) journal.appendDeleteRecord(id - 1_000, false);
    }

    @Override
    public void close() throws Exception {
        journal.stop();
        files.stop();
    }

    private record Acknowledge(Runnable acknowledged) implements IOCompletion {
        @Override
        public void storeLineUp() {}

        @Override
        public void done() {
            acknowledged.run();
        }

        @Override
        public void onError(int code, String message) {
            throw new IllegalStateException("journal error %d: %s".formatted(code, message));
        }
    }
}
