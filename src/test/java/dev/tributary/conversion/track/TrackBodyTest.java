package dev.tributary.conversion.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.problem.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Bodies of one event or many. */
class TrackBodyTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void lines_end_either_way_and_empty_ones_are_none() {
        TrackBody body = lines("{\"a\":1}\r\n\n  \t\r\n{\"a\":2}");
        assertThat(body.rows()).extracting(row -> row.json().get("a").asInt()).containsExactly(1, 2);
    }

    @Test
    void a_line_that_is_no_utf8_is_refused_and_the_others_are_not() {
        byte[] all = "{\"a\":\"x\"}\n{\"a\":\"y\"}\n".getBytes(StandardCharsets.UTF_8);
        all[6] = (byte) 0xFC;
        TrackBody body = TrackBody.lines(all, mapper);
        assertThat(body.rows()).extracting(row -> row.unreadable() != null).containsExactly(true, false);
    }

    @Test
    void nothing_and_too_much_are_refused() {
        assertThatThrownBy(() -> lines(" \n")).isInstanceOf(Problem.class);
        assertThat(lines("{}\n".repeat(1_000)).rows()).hasSize(1_000);
        assertThatThrownBy(() -> lines("{}\n".repeat(1_001))).isInstanceOf(Problem.class);
    }

    private TrackBody lines(String text) {
        return TrackBody.lines(text.getBytes(StandardCharsets.UTF_8), mapper);
    }
}
