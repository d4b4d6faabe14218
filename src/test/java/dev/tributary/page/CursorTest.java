package dev.tributary.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.problem.Problem;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final UUID LAST = UUID.fromString("01932c07-8f2b-7c3a-8d5e-3f4a5b6c7d8e");
    private final Cursor cursor = new Cursor(new byte[32]);

    @Test
    void a_cursor_gives_back_its_id() {
        assertThat(cursor.read(cursor.write(LAST, "f"), "f")).isEqualTo(LAST);
    }

    @Test
    void a_cursor_serves_its_own_filter_only() {
        assertThatThrownBy(() -> cursor.read(cursor.write(LAST, "f"), "g")).isInstanceOf(Problem.class);
    }

    @Test
    void a_cursor_of_another_key_is_refused() {
        byte[] other = new byte[32];
        other[0] = 1;
        assertThatThrownBy(() -> cursor.read(new Cursor(other).write(LAST, "f"), "f"))
                .isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "é"})
    void a_made_up_cursor_is_refused(String text) {
        assertThatThrownBy(() -> cursor.read(text, "f")).isInstanceOf(Problem.class);
    }
}
