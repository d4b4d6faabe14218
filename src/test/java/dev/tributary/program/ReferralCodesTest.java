package dev.tributary.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.problem.Problem;
import java.time.Clock;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferralCodesTest {
    private final ReferralCodes codes = new ReferralCodes(Clock.systemUTC(), new Random(1));

    @Test
    void a_chosen_code_comes_first_then_those_that_are_like_it() {
        Queue<String> like = codes.like("ECO10");
        assertThat(like)
                .startsWith("ECO10", "ECO10-2", "ECO10-3")
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(ReferralCodes::isCode);
    }

    @Test
    void what_is_like_the_longest_code_is_a_code_too() {
        assertThat(codes.like("A".repeat(64))).allMatch(ReferralCodes::isCode).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a b", "ä10", "a/b"})
    void what_is_no_code_is_refused_with_its_field(String text) {
        assertThatThrownBy(() -> ReferralCodes.require("wantedCode", text))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors().get(0).field()).isEqualTo("wantedCode"));
    }
}
