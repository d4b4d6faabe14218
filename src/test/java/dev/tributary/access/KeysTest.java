package dev.tributary.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void a_key_is_one_to_255_printable_ascii_characters() {
        assertThatCode(() -> Idempotency.check("k".repeat(255))).doesNotThrowAnyException();
        for (String bad : new String[] {"", "  ", "k".repeat(256), "ключ", "a\nb", "a\u007fb"})
            assertThatThrownBy(() -> Idempotency.check(bad)).as(bad).isInstanceOf(Problem.class);
    }

    @Test
    void the_order_of_fields_does_not_make_another_request_but_values_and_operation_do() {
        Fingerprint fingerprint = Fingerprint.plain();
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", 2);
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("b", 2);
        other.put("a", 1);
        assertThat(fingerprint.of("op", one)).isEqualTo(fingerprint.of("op", other));
        assertThat(fingerprint.of("op", one)).isNotEqualTo(fingerprint.of("op2", one));
        assertThat(fingerprint.of("op", one)).isNotEqualTo(fingerprint.of("op", Map.of("a", 1, "b", 3)));
    }

    @Test
    void a_request_id_that_could_forge_a_log_line_is_not_taken() {
        assertThat(Caller.isRequestId("req-1.a_B")).isTrue();
        assertThat(Caller.isRequestId("a\nb")).isFalse();
        assertThat(Caller.isRequestId("")).isFalse();
        assertThat(Caller.isRequestId(null)).isFalse();
    }
}
