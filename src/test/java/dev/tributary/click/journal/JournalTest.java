package dev.tributary.click.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final int SEGMENT = 64 * 1024;
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-29T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    @Test
    void what_was_acknowledged_is_read_back_in_order_over_many_segments() throws IOException {
        List<String> written = IntStream.range(0, 3_000)
                .mapToObj(i -> "record " + i + " " + "x".repeat(i % 200))
                .toList();
        try (Journal journal = open()) {
            appendAll(journal, written);
            assertThat(journal.appended()).isEqualTo(3_000);
            assertThat(Segment.numbers(directory)).hasSizeGreaterThan(3);
            assertThat(readAll(reader(journal))).isEqualTo(written);
        }
    }

    @Test
    void a_reader_sees_what_is_appended_behind_it() throws IOException {
        try (Journal journal = open();
                JournalReader reader = reader(journal)) {
            for (int i = 0; i < 500; i++) {
                appendAll(journal, List.of("record " + i));
                assertThat(readAll(reader)).containsExactly("record " + i);
            }
        }
    }

    @Test
    void a_new_process_reads_what_the_old_one_left_and_then_its_own() throws IOException {
        try (Journal first = open()) {
            appendAll(first, List.of("a", "b", "c"));
            JournalReader reader = reader(first);
            assertThat(texts(reader.read(2))).containsExactly("a", "b");
            reader.markLanded();
        }
        try (Journal second = open()) {
            appendAll(second, List.of("d"));
            assertThat(readAll(reader(second))).containsExactly("c", "d");
        }
    }

    @Test
    void a_new_process_that_gets_no_clicks_has_nothing_left_to_land() throws IOException {
        try (Journal first = open()) {
            appendAll(first, List.of("a", "b"));
            JournalReader reader = reader(first);
            readAll(reader);
            reader.markLanded();
        }
        try (Journal second = open();
                JournalReader reader = reader(second)) {
            assertThat(readAll(reader)).isEmpty();
            assertThat(reader.drained()).isTrue();
            assertThat(reader.backlogBytes()).isZero();

            appendAll(second, List.of("c"));
            assertThat(readAll(reader)).containsExactly("c");
            assertThat(reader.read(1)).isEmpty();
            assertThat(reader.drained()).as("read, not landed").isFalse();
        }
    }

    @Test
    void a_torn_last_record_is_dropped_wherever_it_is_torn() throws Exception {
        // Side by side: a journal that is closed waits for its writer, which costs no processor.
        ExecutorService rounds = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int round = 0; round < 200; round++) {
                Path home = Files.createDirectory(directory.resolve("round" + round));
                Random random = new Random(20261121 + round);
                all.add(() -> tornOnce(home, random));
            }
            for (Future<Void> done : rounds.invokeAll(all)) done.get();
        } finally {
            rounds.shutdownNow();
        }
    }

    private static Void tornOnce(Path home, Random random) throws IOException {
        List<String> written =
                IntStream.range(0, 5).mapToObj(i -> "record " + i).toList();
        int last;
        try (Journal journal = new Journal(home, SEGMENT, 1 << 20, 100)) {
            appendAll(journal, written);
            last = journal.durable().offset();
        }
        int frame = Segment.FRAME_HEADER + "record 4".length();
        int torn = last - 1 - random.nextInt(frame);
        try (RandomAccessFile file = new RandomAccessFile(Segment.path(home, 1).toFile(), "rw")) {
            file.seek(torn);
            int before = file.read();
            file.seek(torn);
            file.write(before ^ 1 + random.nextInt(255));
        }
        try (Journal journal = new Journal(home, SEGMENT, 1 << 20, 100);
                JournalReader reader = new JournalReader(home, journal::durable, Duration.ZERO, NOON)) {
            assertThat(readAll(reader)).as("torn at %d of %d", torn, last).isEqualTo(written.subList(0, 4));
        }
        return null;
    }

    @Test
    void a_garbled_note_of_what_landed_reads_everything_again() throws IOException {
        try (Journal journal = open()) {
            appendAll(journal, List.of("a", "b"));
            JournalReader reader = reader(journal);
            readAll(reader);
            reader.markLanded();
        }
        Files.writeString(directory.resolve("landed"), "\0\0\0");
        try (Journal journal = open()) {
            assertThat(readAll(reader(journal))).containsExactly("a", "b");
        }
    }

    @Test
    void a_full_journal_refuses_and_takes_clicks_again_when_there_is_room() throws IOException {
        try (Journal journal = new Journal(directory, SEGMENT, 2 * SEGMENT, 100)) {
            String large = "x".repeat(20_000);
            List<Boolean> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) answers.add(append(journal, large));
            assertThat(answers).contains(true, false);
            assertThat(answers.subList(6, 10)).containsOnly(false);

            JournalReader reader = new JournalReader(directory, journal::durable, Duration.ofSeconds(-1), NOON);
            int acknowledged = (int) answers.stream().filter(ok -> ok).count();
            assertThat(readAll(reader)).hasSizeGreaterThanOrEqualTo(acknowledged);
            reader.markLanded();
            Files.delete(Segment.path(directory, 1));
            boolean taken = false;
            for (int i = 0; i < 200 && !taken; i++) taken = append(journal, "small again") || pause();
            assertThat(taken).isTrue();
        }
    }

    @Test
    void landed_segments_stay_for_their_time_and_then_go() throws IOException {
        try (Journal journal = open()) {
            appendAll(
                    journal,
                    IntStream.range(0, 2_000)
                            .mapToObj(i -> "record " + i + "x".repeat(100))
                            .toList());
            JournalReader reader = reader(journal);
            readAll(reader);
            reader.markLanded();
            int before = Segment.numbers(directory).size();
            reader.removeOld();
            assertThat(Segment.numbers(directory)).hasSize(before);

            Clock later = Clock.offset(NOON, Duration.ofMinutes(11));
            JournalReader old = new JournalReader(directory, journal::durable, Duration.ofMinutes(10), later);
            old.removeOld();
            assertThat(Segment.numbers(directory).size()).isLessThan(before);
            assertThat(Segment.numbers(directory)).contains(journal.durable().segment());
        }
    }

    @Test
    void a_directory_belongs_to_one_process() throws IOException {
        try (Journal journal = open()) {
            assertThat(journal.appended()).isZero();
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("in use");
        }
        open().close();
    }

    @Test
    void an_append_after_the_end_is_refused_and_one_before_it_is_answered() throws IOException {
        Journal journal = open();
        CompletableFuture<Boolean> before = appending(journal, "before");
        journal.close();
        assertThat(before.join()).isTrue();
        assertThat(journal.append(new Waiting("after", new CompletableFuture<>())))
                .isFalse();
    }

    private Journal open() throws IOException {
        return new Journal(directory, SEGMENT, 64 << 20, 10_000);
    }

    private JournalReader reader(Journal journal) throws IOException {
        return new JournalReader(directory, journal::durable, Duration.ofMinutes(10), NOON);
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return false;
    }

    private static void appendAll(Journal journal, List<String> records) {
        List<CompletableFuture<Boolean>> answers =
                records.stream().map(record -> appending(journal, record)).toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isTrue());
    }

    private static boolean append(Journal journal, String record) {
        return appending(journal, record).join();
    }

    private static CompletableFuture<Boolean> appending(Journal journal, String record) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        if (!journal.append(new Waiting(record, answer))) answer.complete(false);
        return answer;
    }

    private static List<String> readAll(JournalReader reader) throws IOException {
        List<String> all = new ArrayList<>();
        for (List<byte[]> some = reader.read(37); !some.isEmpty(); some = reader.read(37)) all.addAll(texts(some));
        return all;
    }

    private static List<String> texts(List<byte[]> records) {
        return records.stream().map(r -> new String(r, StandardCharsets.UTF_8)).toList();
    }

    private static final class Waiting extends Append {
        private final CompletableFuture<Boolean> answer;

        Waiting(String record, CompletableFuture<Boolean> answer) {
            super(record.getBytes(StandardCharsets.UTF_8), Runnable::run);
            this.answer = answer;
        }

        @Override
        protected void done(boolean durable) {
            answer.complete(durable);
        }
    }
}
