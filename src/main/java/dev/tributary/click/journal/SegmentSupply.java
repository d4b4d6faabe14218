package dev.tributary.click.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Makes the next segment while the present one is filled, so that the writer hardly ever waits for it. */
final class SegmentSupply implements AutoCloseable {
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Path directory;
    private final int segmentBytes;
    private final long maxBytes;
    private final int firstNumber;
    private final ExecutorService maker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "click-journal-segments");
        thread.setDaemon(true);
        return thread;
    });
    private int nextNumber;
    private long failedAt;
    private CompletableFuture<Fresh> next;

    /** A zeroed segment, open for writing. */
    record Fresh(int number, FileChannel channel) {}

    SegmentSupply(Path directory, int segmentBytes, long maxBytes) throws IOException {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.maxBytes = maxBytes;
        List<Integer> numbers = Segment.numbers(directory);
        firstNumber = numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1) + 1;
        nextNumber = firstNumber;
        next = make();
    }

    int segmentBytes() {
        return segmentBytes;
    }

    /** The number of the first segment that this process writes. */
    int firstNumber() {
        return firstNumber;
    }

    /** The next segment; an {@link IOException} when it could not be made, then tried again no sooner than after 500 ms. */
    Fresh take() throws IOException {
        if (next.isCompletedExceptionally() && System.nanoTime() - failedAt >= RETRY_NANOS) next = make();
        try {
            Fresh fresh = next.get(5, TimeUnit.SECONDS);
            next = make();
            return fresh;
        } catch (ExecutionException e) {
            throw new IOException("no new segment: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IOException("no new segment within 5 s", e);
        }
    }

    private CompletableFuture<Fresh> make() {
        int number = nextNumber++;
        CompletableFuture<Fresh> made = new CompletableFuture<>();
        maker.execute(() -> {
            try {
                if (bytesOnDisk() + segmentBytes > maxBytes) throw new IOException("the journal holds its most bytes");
                made.complete(new Fresh(number, Segment.create(directory, number, segmentBytes)));
            } catch (IOException e) {
                failedAt = System.nanoTime();
                made.completeExceptionally(e);
            }
        });
        return made;
    }

    private long bytesOnDisk() throws IOException {
        long bytes = 0;
        for (int number : Segment.numbers(directory)) {
            try {
                bytes += Files.size(Segment.path(directory, number));
            } catch (java.nio.file.NoSuchFileException e) {
                // Freed by the lander a moment ago.
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        maker.shutdown();
        try {
            // One that is being made would else appear after its directory was given up.
            maker.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (next.isDone() && !next.isCompletedExceptionally()) {
            Fresh unused = next.join();
            unused.channel().close();
            Files.deleteIfExists(Segment.path(directory, unused.number()));
        }
    }
}
