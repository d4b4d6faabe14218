package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.payout.PayoutState.Approved;
import dev.tributary.payout.PayoutState.Canceled;
import dev.tributary.payout.PayoutState.Failed;
import dev.tributary.payout.PayoutState.Paid;
import dev.tributary.payout.PayoutState.Requested;
import dev.tributary.payout.PayoutState.Returned;
import dev.tributary.payout.PayoutState.Submitted;
import dev.tributary.payout.PayoutState.Unknown;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PayoutStateTest {
    private static final Attempts ATTEMPTS = Attempts.first(Instant.parse("2026-11-21T12:00:00Z"));
    private static final List<PayoutState> ALL = List.of(
            new Requested(),
            new Approved(),
            new Submitted(ATTEMPTS),
            new Unknown(ATTEMPTS),
            new Paid(),
            new Failed("closed"),
            new Canceled("not wanted"),
            new Returned());

    @Test
    void there_are_no_other_transitions_than_those_of_the_table() {
        Map<String, Set<String>> table = new TreeMap<>();
        for (PayoutState state : ALL) {
            Set<String> to = new TreeSet<>();
            for (Method method : state.getClass().getMethods())
                if (PayoutState.class.isAssignableFrom(method.getReturnType()))
                    to.add(method.getReturnType().getSimpleName().toLowerCase());
            for (Method method : state.getClass().getDeclaredMethods())
                if (PayoutState.class.isAssignableFrom(method.getReturnType()))
                    to.add(method.getReturnType().getSimpleName().toLowerCase());
            table.put(state.word(), to);
        }

        assertThat(table)
                .containsEntry("requested", Set.of("approved", "canceled"))
                .containsEntry("approved", Set.of("submitted", "canceled"))
                .containsEntry("submitted", Set.of("paid", "failed", "unknown", "submitted"))
                .containsEntry("unknown", Set.of("paid", "failed", "unknown", "submitted"))
                .containsEntry("paid", Set.of("returned"))
                .containsEntry("failed", Set.of())
                .containsEntry("canceled", Set.of())
                .containsEntry("returned", Set.of())
                .hasSize(8);
    }

    @Test
    void every_state_answers_every_question() {
        assertThat(words(PayoutState::isLive)).containsExactly("requested", "approved", "submitted", "unknown");
        assertThat(words(PayoutState::isFrozen)).containsExactly("submitted", "unknown", "paid", "failed", "returned");
        assertThat(words(PayoutState::mayApprove)).containsExactly("requested");
        assertThat(words(PayoutState::mayStop)).containsExactly("requested", "approved");
        assertThat(words(PayoutState::maySubmit)).containsExactly("approved");
    }

    @Test
    void every_state_is_here() {
        assertThat(ALL.stream().map(Object::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(leaves(PayoutState.class));
    }

    private static List<Class<?>> leaves(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(each -> each.isSealed() ? leaves(each).stream() : java.util.stream.Stream.<Class<?>>of(each))
                .toList();
    }

    private static List<String> words(java.util.function.Predicate<PayoutState> question) {
        return ALL.stream().filter(question).map(PayoutState::word).toList();
    }
}
