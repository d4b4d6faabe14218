package dev.tributary.click.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal's records in the order they were written, from where it was last told that they had landed.
 *
 * <p>The place is kept in the file {@code landed}, without a sync: after a crash some records are read again, and landing
 * twice is landing once. Segments behind it stay for a while and are then removed. Used by one thread.
 */
public final class JournalReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(JournalReader.class);
    private static final int BUFFER = 1 << 20;

    private final Path directory;
    private final Supplier<Position> durable;
    private final Duration keepLanded;
    private final Clock clock;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private volatile Position landed;
    /** Where the next record to be read starts. */
    private Position next;
    /** Where in its segment the first byte of {@code buffer} stands. */
    private int bufferStart;

    private @Nullable FileChannel channel;
    private int openSegment = -1;

    /** {@code durable} tells how far the last segment may be read; earlier ones are read to their end. */
    public JournalReader(Path directory, Supplier<Position> durable, Duration keepLanded, Clock clock)
            throws IOException {
        this.directory = directory;
        this.durable = durable;
        this.keepLanded = keepLanded;
        this.clock = clock;
        landed = load();
        next = landed;
    }

    /** Up to {@code most} records that are on disk and were not read yet; fewer, or none, when there are no more. */
    public List<byte[]> read(int most) throws IOException {
        boolean allLanded = next.equals(landed);
        List<byte[]> records = new ArrayList<>();
        Position limit = durable.get();
        while (records.size() < most && next.compareTo(limit) < 0) {
            byte[] record = readOne(limit);
            if (record != null) records.add(record);
            else if (next.segment() >= limit.segment() || !nextSegment(limit)) break;
        }
        // Only ends of segments were passed: nobody has anything to land, so nobody would note the place.
        if (allLanded && records.isEmpty()) markLanded();
        return records;
    }

    private byte @Nullable [] readOne(Position limit) throws IOException {
        if (!open(next.segment())) return null;
        long end = next.segment() == limit.segment() ? limit.offset() : Long.MAX_VALUE;
        if (!fill(Segment.FRAME_HEADER, end)) return null;
        int at = next.offset() - bufferStart;
        int length = buffer.getInt(at);
        if (length <= 0 || length > Journal.RECORD_LIMIT || !fill(Segment.FRAME_HEADER + length, end)) return null;
        at = next.offset() - bufferStart;
        if (buffer.getInt(at + 4) != Segment.checksum(buffer.array(), at + Segment.FRAME_HEADER, length)) {
            LOG.warnf("Segment %d ends with a torn record at %d", next.segment(), next.offset());
            return null;
        }
        byte[] record = new byte[length];
        buffer.get(at + Segment.FRAME_HEADER, record);
        next = new Position(next.segment(), next.offset() + Segment.FRAME_HEADER + length);
        return record;
    }

    /**
     * Makes {@code size} bytes from {@code next} on stand in the buffer; false where fewer stand before {@code end}. Never
     * reads past it: what follows in the last segment is still being written.
     */
    private boolean fill(int size, long end) throws IOException {
        int at = next.offset() - bufferStart;
        if (at >= 0 && at + size <= buffer.limit()) return true;
        if (channel == null || next.offset() + (long) size > end) return false;
        bufferStart = next.offset();
        buffer.clear().limit((int) Math.min(BUFFER, end - bufferStart));
        int position = bufferStart;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position);
            if (read < 0) break;
            position += read;
        }
        buffer.flip();
        return buffer.limit() >= size;
    }

    private boolean open(int segment) throws IOException {
        if (openSegment == segment && channel != null) return true;
        close();
        try {
            channel = FileChannel.open(Segment.path(directory, segment), StandardOpenOption.READ);
            openSegment = segment;
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean nextSegment(Position limit) throws IOException {
        NavigableSet<Integer> later = new TreeSet<>(Segment.numbers(directory)).tailSet(next.segment(), false);
        int number = later.isEmpty() ? limit.segment() : Math.min(later.first(), limit.segment());
        if (number <= next.segment()) return false;
        next = new Position(number, 0);
        buffer.limit(0);
        bufferStart = 0;
        return true;
    }

    /** Forgets what was read and has not landed: it is read again. For after a failure, when nobody holds it any more. */
    public void rewind() throws IOException {
        close();
        next = landed;
    }

    /** Everything read so far has landed: the place is noted and segments whose time is over are removed. */
    public void markLanded() throws IOException {
        if (next.equals(landed)) return;
        boolean passed = next.segment() != landed.segment();
        if (passed) stamp(landed.segment(), next.segment());
        landed = next;
        Path file = directory.resolve("landed");
        Files.writeString(
                file, "%010d %010d%n".formatted(landed.segment(), landed.offset()), StandardCharsets.US_ASCII);
    }

    /** Notes when segments were passed, as their modification time: {@link #removeOld()} counts from there. */
    private void stamp(int from, int to) throws IOException {
        for (int number : Segment.numbers(directory)) {
            if (number >= from && number < to) {
                Files.setLastModifiedTime(Segment.path(directory, number), FileTime.from(clock.instant()));
            }
        }
    }

    /** Removes segments that were passed longer ago than landed ones are kept. */
    public void removeOld() throws IOException {
        Instant old = clock.instant().minus(keepLanded);
        for (int number : Segment.numbers(directory)) {
            Path file = Segment.path(directory, number);
            if (number < landed.segment()
                    && Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Whether every record on disk has landed. */
    public boolean drained() {
        return next.compareTo(durable.get()) >= 0 && landed.equals(next);
    }

    /** Bytes between what has landed and what is on disk; segments are counted by their size. */
    public long backlogBytes() {
        Position from = landed;
        Position to = durable.get();
        if (from.segment() == to.segment()) return Math.max(0, to.offset() - from.offset());
        long bytes = to.offset() - (long) from.offset();
        try {
            for (int number : Segment.numbers(directory)) {
                if (number >= from.segment() && number < to.segment())
                    bytes += Files.size(Segment.path(directory, number));
            }
        } catch (IOException e) {
            LOG.debug("The backlog cannot be measured", e);
        }
        return Math.max(0, bytes);
    }

    public Path directory() {
        return directory;
    }

    private Position load() throws IOException {
        Path file = directory.resolve("landed");
        List<Integer> numbers = Segment.numbers(directory);
        Position first = numbers.isEmpty() ? new Position(1, 0) : new Position(numbers.get(0), 0);
        if (!Files.exists(file)) return first;
        String text = Files.readString(file, StandardCharsets.US_ASCII).trim();
        // Written without a sync: after a power cut it may be anything, and then all kept segments are read again.
        if (!text.matches("\\d{10} \\d{10}")) return first;
        Position noted = new Position(Integer.parseInt(text.substring(0, 10)), Integer.parseInt(text.substring(11)));
        return noted.compareTo(first) < 0 ? first : noted;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) channel.close();
        channel = null;
        openSegment = -1;
        buffer.limit(0);
        bufferStart = 0;
    }
}
