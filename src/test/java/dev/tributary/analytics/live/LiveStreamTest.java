package dev.tributary.analytics.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

    /** A connection whose reader takes one write after another when the test says so. */
    private static final class Reader implements Wire {
        private final List<String> written = new ArrayList<>();
        private final List<Promise<Void>> open = new ArrayList<>();
        private String closed = "";

        @Override
        public void run(Runnable work) {
            work.run();
        }

        @Override
        public Future<Void> write(Buffer bytes) {
            written.add(bytes.toString());
            Promise<Void> done = Promise.promise();
            open.add(done);
            return done.future();
        }

        @Override
        public void end(Buffer last) {
            closed = "with " + last;
        }

        @Override
        public void cut() {
            closed = "cut";
        }

        void reads() {
            open.remove(0).complete();
        }
    }

    private final Reader reader = new Reader();
    private final List<LiveStream> gaps = new ArrayList<>();
    private final LiveStream stream = new LiveStream(
            new Watched(UUID.randomUUID(), UUID.randomUUID(), Span.TODAY),
            new Holder(UUID.randomUUID(), null, null),
            null,
            reader,
            gaps::add);

    @Test
    void nothing_is_told_before_the_first_snapshot() {
        stream.tell(bytes("a"));
        stream.show(bytes("snapshot"), MIDNIGHT);
        stream.tell(bytes("b"));
        reader.reads();

        assertThat(reader.written).containsExactly("snapshot", "b");
    }

    @Test
    void one_write_is_under_way_at_a_time_and_the_next_has_all_that_came_meanwhile() {
        stream.show(bytes("snapshot"), MIDNIGHT);
        for (String each : List.of("a", "b", "c")) stream.tell(bytes(each));
        assertThat(reader.written).containsExactly("snapshot");

        reader.reads();
        reader.reads();

        assertThat(reader.written).containsExactly("snapshot", "abc");
        stream.tell(bytes("d"));
        assertThat(reader.written).hasSize(3);
    }

    @Test
    void a_reader_who_is_too_slow_loses_what_waits_and_is_shown_everything_once_it_reads() {
        stream.show(bytes("snapshot"), MIDNIGHT);
        for (int i = 0; i < 10 * LiveStream.MOST_WAITING; i++) stream.tell(bytes("x"));
        assertThat(stream.isFresh()).isFalse();

        reader.reads();

        assertThat(gaps).containsExactly(stream);
        assertThat(stream.isFresh()).isTrue();
        stream.tell(bytes("lost"));
        stream.show(bytes("all anew"), MIDNIGHT);
        assertThat(reader.written).containsExactly("snapshot", "all anew");
    }

    @Test
    void what_waits_is_bounded_whatever_the_reader_does() {
        stream.show(bytes("snapshot"), MIDNIGHT);
        for (int i = 0; i < LiveStream.MOST_WAITING; i++) stream.tell(bytes("x"));
        reader.reads();
        assertThat(reader.written.get(1)).hasSize(LiveStream.MOST_WAITING);
        assertThat(gaps).isEmpty();
    }

    @Test
    void it_says_why_it_ends_and_cuts_off_who_does_not_listen() {
        LiveStream stuck = new LiveStream(stream.watched(), stream.holder(), null, reader, gaps::add);
        stream.show(bytes("snapshot"), MIDNIGHT);
        stream.end(bytes("bye"));
        assertThat(reader.closed).isEqualTo("with bye");
        stream.tell(bytes("x"));
        reader.reads();
        assertThat(reader.written).containsExactly("snapshot");

        stuck.show(bytes("snapshot"), MIDNIGHT);
        for (int i = 0; i <= LiveStream.MOST_WAITING; i++) stuck.tell(bytes("x"));
        stuck.end(bytes("bye"));
        assertThat(reader.closed).isEqualTo("cut");
    }

    @Test
    void a_failed_write_leaves_it_to_the_end_of_the_connection() {
        stream.show(bytes("snapshot"), MIDNIGHT);
        stream.tell(bytes("a"));
        reader.open.remove(0).fail("broken pipe");
        stream.gone();
        stream.tell(bytes("b"));

        assertThat(reader.written).containsExactly("snapshot");
        assertThat(gaps).isEmpty();
        assertThat(stream.isFresh()).isFalse();
    }

    @Test
    void its_day_is_over_at_midnight() {
        assertThat(stream.isOver(MIDNIGHT)).isFalse();
        stream.show(bytes("snapshot"), MIDNIGHT);
        assertThat(stream.isOver(MIDNIGHT.minusMillis(1))).isFalse();
        assertThat(stream.isOver(MIDNIGHT)).isTrue();
        assertThat(stream.refresh()).isTrue();
        assertThat(stream.refresh()).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
