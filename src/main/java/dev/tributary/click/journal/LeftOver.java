package dev.tributary.click.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A journal that its process left behind, opened only to be read: locked like a live one, so that nobody appends or lands
 * meanwhile, and complete, so that every segment is read to its end.
 */
public final class LeftOver implements AutoCloseable {
    private final FileChannel lockFile;
    private final JournalReader reader;

    private LeftOver(FileChannel lockFile, JournalReader reader) {
        this.lockFile = lockFile;
        this.reader = reader;
    }

    /** Whether the directory holds a journal at all. */
    public static boolean isJournal(Path directory) throws IOException {
        return Files.isDirectory(directory) && !Segment.numbers(directory).isEmpty();
    }

    /** An {@link IOException} where the directory is in use. */
    public static LeftOver open(Path directory, Clock clock) throws IOException {
        FileChannel lockFile =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!locked(lockFile))
                throw new IOException("The journal in " + directory + " is in use by another process");
            List<Integer> numbers = Segment.numbers(directory);
            Position end = new Position(numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1) + 1, 0);
            return new LeftOver(lockFile, new JournalReader(directory, () -> end, Duration.ofDays(1), clock));
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    public JournalReader reader() {
        return reader;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        lockFile.close();
    }
}
