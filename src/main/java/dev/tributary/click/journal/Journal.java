package dev.tributary.click.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An append-only log on local disk that answers an append only when it is on disk.
 *
 * <p><b>Algorithm.</b> One thread writes. It takes everything that waits, writes it as frames with one {@code write} and one
 * {@code fdatasync}, and answers all of it; meanwhile the next batch gathers (group commit without linger). Frames go to
 * preallocated segments (see {@link Segment}); the next segment is made ahead of its use by a thread of its own. A new
 * process never appends to an old segment, so a torn tail is always the end of its file.
 *
 * <p><b>Failure.</b> When a write or sync fails, the batch is answered {@code false} and its segment is left for a new one,
 * because what the disk then holds is unknown: a record that was refused may still be read later, one that was
 * acknowledged always is. When no new segment can be made (disk full, or the bound on bytes reached), appends are answered
 * {@code false} at once and another attempt is made every half second.
 *
 * <p><b>Limits.</b> It survives the death of the process, the container and the machine, not the loss of its volume. The
 * directory belongs to one process, by an exclusive lock.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Journal.class);
    /** Records written by one sync at most: bounds the time an append waits behind others. */
    private static final int BATCH = 4_096;

    private static final int BUFFER = 1 << 20;
    /** The largest record: far above any click, and half the smallest segment. */
    public static final int RECORD_LIMIT = 1 << 19;

    private final Path directory;
    private final FileChannel lockFile;
    private final BlockingQueue<Append> waiting;
    private final SegmentSupply supply;
    private final Thread writer;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final AtomicLong appended = new AtomicLong();

    private volatile Position durable = Position.START;
    private volatile boolean closing;
    private @Nullable FileChannel channel;
    private int segment;
    private int offset;

    /** Opens the directory for this process alone; another owner is an {@link IOException}. */
    public Journal(Path directory, int segmentBytes, long maxBytes, int queue) throws IOException {
        this.directory = Files.createDirectories(directory).toAbsolutePath();
        lockFile = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock() == null) throw new IOException("The journal in " + directory + " is in use by another process");
        waiting = new ArrayBlockingQueue<>(queue);
        supply = new SegmentSupply(this.directory, segmentBytes, maxBytes);
        durable = new Position(supply.firstNumber(), 0);
        writer = new Thread(this::run, "click-journal");
        writer.setDaemon(true);
        writer.start();
    }

    private @Nullable Object tryLock() throws IOException {
        try {
            return lockFile.tryLock();
        } catch (java.nio.channels.OverlappingFileLockException e) {
            return null;
        }
    }

    /** Takes the record and answers later; false, and no answer, when too many wait already or the journal is closing. */
    public boolean append(Append append) {
        return !closing && append.record.length <= RECORD_LIMIT && waiting.offer(append);
    }

    /** Everything before this position is on disk. */
    public Position durable() {
        return durable;
    }

    /** Records acknowledged since this journal was opened. */
    public long appended() {
        return appended.get();
    }

    public Path directory() {
        return directory;
    }

    private void run() {
        List<Append> batch = new ArrayList<>(BATCH);
        try {
            while (!closing || !waiting.isEmpty()) {
                Append first = waiting.poll(50, TimeUnit.MILLISECONDS);
                if (first == null) continue;
                batch.add(first);
                waiting.drainTo(batch, BATCH - 1);
                boolean ok = write(batch);
                if (ok) appended.addAndGet(batch.size());
                answer(batch, ok);
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean write(List<Append> batch) {
        try {
            for (Append append : batch) {
                int size = Segment.frameSize(append.record);
                if (channel == null || offset + buffer.position() + size > supply.segmentBytes()) roll();
                if (buffer.remaining() < size) flush();
                Segment.putFrame(buffer, append.record);
            }
            flush();
            if (channel != null) channel.force(false);
            durable = new Position(segment, offset);
            return true;
        } catch (IOException | UncheckedIOException e) {
            LOG.errorf("The journal did not take %d clicks: %s", batch.size(), e.getMessage());
            buffer.clear();
            abandon();
            return false;
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) offset += channel().write(buffer, offset);
        buffer.clear();
    }

    private FileChannel channel() throws IOException {
        if (channel == null) throw new IOException("no segment");
        return channel;
    }

    /** Ends the segment: what is in it is synced, because readers trust every segment before the last to its end. */
    private void roll() throws IOException {
        if (channel != null) {
            flush();
            channel.force(false);
            channel.close();
            channel = null;
        }
        SegmentSupply.Fresh fresh = supply.take();
        channel = fresh.channel();
        segment = fresh.number();
        offset = 0;
    }

    private void abandon() {
        FileChannel failed = channel;
        channel = null;
        if (failed == null) return;
        try {
            failed.close();
        } catch (IOException e) {
            LOG.debug("A failed segment did not close", e);
        }
    }

    private static void answer(List<Append> batch, boolean ok) {
        Map<Executor, List<Append>> byExecutor = new IdentityHashMap<>();
        for (Append append : batch) {
            byExecutor.computeIfAbsent(append.executor, e -> new ArrayList<>()).add(append);
        }
        byExecutor.forEach((executor, appends) -> executor.execute(() -> {
            for (Append append : appends) append.done(ok);
        }));
    }

    /** Takes no more appends, and returns when all that waited are written and answered. */
    public void finish() {
        closing = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes and answers what waits, then gives the directory up. */
    @Override
    public void close() {
        finish();
        try {
            abandon();
            supply.close();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
