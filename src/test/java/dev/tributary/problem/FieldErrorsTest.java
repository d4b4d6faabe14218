package dev.tributary.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class FieldErrorsTest {
    private static Problem refused(FieldErrors errors) {
        return catchThrowableOfType(Problem.class, errors::done);
    }

    @Test
    void nothing_wrong_is_no_problem() {
        assertThatCode(() -> new FieldErrors()
                        .require(true, "a", "required", "a")
                        .allow(true, "b", "out_of_range", "b")
                        .done())
                .doesNotThrowAnyException();
    }

    @Test
    void a_value_that_cannot_be_is_a_422_and_says_why() {
        Problem problem = refused(new FieldErrors().allow(false, "bps", "out_of_range", "bps is 0 to 10000"));

        assertThat(problem.kind()).isEqualTo(ProblemKind.UNPROCESSABLE);
        assertThat(problem).hasMessage("bps is 0 to 10000");
        assertThat(problem.errors()).containsExactly(new FieldError("bps", "out_of_range", "bps is 0 to 10000"));
    }

    @Test
    void a_field_without_its_form_makes_it_a_400_that_names_the_others_too() {
        Problem problem = refused(new FieldErrors()
                .allow(false, "bps", "out_of_range", "too much")
                .require(false, "kind", "required", "kind is missing"));

        assertThat(problem.kind()).isEqualTo(ProblemKind.INVALID_REQUEST);
        assertThat(problem.errors()).extracting(FieldError::field).containsExactly("bps", "kind");
        assertThat(problem).hasMessage("2 fields are not valid");
    }
}
