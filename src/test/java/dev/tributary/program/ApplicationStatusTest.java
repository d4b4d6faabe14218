package dev.tributary.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ApplicationStatusTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUBMITTED | MORE_INFO APPROVED REJECTED WITHDRAWN",
                "MORE_INFO | SUBMITTED MORE_INFO APPROVED REJECTED WITHDRAWN",
            })
    void what_waits_may_become(ApplicationStatus now, String next) {
        assertThat(after(now)).extracting(ApplicationStatus::name).containsExactlyInAnyOrder(next.split(" "));
    }

    @ParameterizedTest
    @EnumSource(names = {"APPROVED", "REJECTED", "WITHDRAWN"})
    void what_is_decided_or_withdrawn_stays_so(ApplicationStatus end) {
        assertThat(end.waits()).isFalse();
        assertThat(after(end)).isEmpty();
        assertThatThrownBy(() -> end.require(ApplicationStatus.APPROVED))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.CONFLICT))
                .hasMessageContaining(end.word());
    }

    @Test
    void a_person_may_approve_unless_a_check_is_under_way_or_refused() {
        assertThat(Arrays.stream(KycStatus.values()).filter(KycStatus::mayBeApproved))
                .containsExactlyInAnyOrder(KycStatus.REVIEW, KycStatus.CLEAR);
    }

    private static Set<ApplicationStatus> after(ApplicationStatus now) {
        return EnumSet.allOf(ApplicationStatus.class).stream().filter(now::may).collect(Collectors.toSet());
    }
}
