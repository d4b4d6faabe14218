package dev.tributary.click.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * One file of the journal: frames of length (4 bytes), CRC-32C of length and record (4 bytes) and record, then zeros.
 *
 * <p>It is filled with zeros and synced before its first use, because an append that grows a file pays for metadata at each
 * {@code fdatasync}. A length of zero, a frame that does not fit or a checksum that does not match ends the segment: after
 * a crash the torn last frame is dropped that way, and it was never acknowledged.
 */
final class Segment {
    static final int FRAME_HEADER = 8;
    private static final String SUFFIX = ".segment";

    private Segment() {}

    static Path path(Path directory, int number) {
        return directory.resolve("%010d%s".formatted(number, SUFFIX));
    }

    /** The numbers of all segments in the directory, in order. */
    static List<Integer> numbers(Path directory) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{10}\\" + SUFFIX))
                    .map(name -> Integer.parseInt(name.substring(0, 10)))
                    .sorted()
                    .forEach(numbers::add);
        }
        return numbers;
    }

    /** Creates the file at its full size, zeroed and synced with its directory entry; half a file is removed again. */
    static FileChannel create(Path directory, int number, int size) throws IOException {
        Path file = path(directory, number);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
            for (long at = 0; at < size; ) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), size - at));
                at += channel.write(zeros, at);
            }
            channel.force(true);
            syncDirectory(directory);
            return channel;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static int frameSize(byte[] record) {
        return FRAME_HEADER + record.length;
    }

    static void putFrame(ByteBuffer out, byte[] record) {
        out.putInt(record.length);
        out.putInt(checksum(record, 0, record.length));
        out.put(record);
    }

    /** Covers the length too, so that a damaged length is not taken for a shorter record. */
    static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(length >>> 24);
        crc.update(length >>> 16);
        crc.update(length >>> 8);
        crc.update(length);
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
