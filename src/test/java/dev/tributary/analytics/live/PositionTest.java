package dev.tributary.analytics.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @ParameterizedTest
    @ValueSource(strings = {"81042:81042:", "10:20:10,14,19", "1:2:1", "999999999999999999:999999999999999999:"})
    void what_postgresql_writes_is_read_as_it_is(String text) {
        assertThat(Position.read(text)).contains(new Position(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "0:1:",
                "10:9:",
                "10:20",
                "10:20:9",
                "10:20:20",
                "10:20:14,14",
                "10:20:15,14",
                "10:20:10,",
                "-1:20:",
                "10:20:10;DROP",
                "1234567890123456789:1234567890123456789:"
            })
    void what_postgresql_would_not_take_is_no_position(String text) {
        assertThat(Position.read(text)).isEmpty();
    }

    @Test
    void one_with_very_many_open_transactions_is_told_as_its_beginning() {
        String open = LongStream.range(1_000, 1_300).mapToObj(Long::toString).collect(Collectors.joining(","));
        Position position = new Position("1000:1300:" + open);

        assertThat(position.id()).isEqualTo("1000:1000:");
        assertThat(Position.read(position.text())).isEmpty();
        assertThat(Position.read(position.id())).isPresent();
        assertThat(new Position("10:20:10,14").id()).isEqualTo("10:20:10,14");
    }

    @Test
    void a_position_of_another_postgresql_shows_by_transactions_that_are_yet_to_come() {
        assertThat(new Position("500:510:505").isAfter(new Position("40:40:"))).isTrue();
        assertThat(new Position("40:40:").isAfter(new Position("40:40:"))).isFalse();
        assertThat(new Position("40:45:41").isAfter(new Position("41:43:"))).isFalse();
    }
}
