package dev.tributary.click.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/**
 * Our own form, at its smallest: frames of length, CRC32C and record in preallocated segments, one write and one
 * fdatasync a batch. The next segment is made in the background while this one fills.
 */
final class SegmentCandidate extends GroupCommit {
    static final int SEGMENT_BYTES = 16 << 20;
    private static final int BATCH_BYTES = 1 << 20;

    private final Path directory;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BATCH_BYTES);
    private final CRC32C checksum = new CRC32C();
    private CompletableFuture<FileChannel> next;
    private FileChannel segment;
    private int made;

    SegmentCandidate(Path directory) throws IOException {
        this.directory = directory;
        segment = make(made++);
        next = prepare();
        start();
    }

    @Override
    void commit(List<byte[]> batch) throws Exception {
        buffer.clear();
        for (byte[] record : batch) {
            if (buffer.remaining() < record.length + 8) write();
            checksum.reset();
            checksum.update(record);
            buffer.putInt(record.length).putInt((int) checksum.getValue()).put(record);
        }
        write();
        segment.force(false);
    }

    private void write() throws Exception {
        buffer.flip();
        if (segment.position() + buffer.remaining() > SEGMENT_BYTES) roll();
        while (buffer.hasRemaining()) segment.write(buffer);
        buffer.clear();
    }

    private void roll() throws Exception {
        segment.force(false);
        segment.close();
        segment = next.get();
        next = prepare();
    }

    private CompletableFuture<FileChannel> prepare() {
        int number = made++;
        return CompletableFuture.supplyAsync(() -> {
            try {
                // What is older has landed long ago in real life.
                Files.deleteIfExists(file(number - 4));
                return make(number);
            } catch (IOException e) {
                throw new IllegalStateException("segment %d cannot be made".formatted(number), e);
            }
        });
    }

    private FileChannel make(int number) throws IOException {
        FileChannel channel = FileChannel.open(file(number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
        for (int i = 0; i < SEGMENT_BYTES >> 20; i++) channel.write(zeros.clear());
        channel.force(true);
        try (FileChannel entry = FileChannel.open(directory)) {
            entry.force(true);
        }
        return channel.position(0);
    }

    private Path file(int number) {
        return directory.resolve("%010d.seg".formatted(number));
    }

    @Override
    void release() throws Exception {
        segment.close();
        next.get().close();
    }
}
