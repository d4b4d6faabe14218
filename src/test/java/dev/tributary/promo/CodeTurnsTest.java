package dev.tributary.promo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who uses a code next, where the work ends only when the test says so. */
class CodeTurnsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final CodeTurns turns = new CodeTurns(vertx);
    private final List<Integer> begun = new ArrayList<>();
    private final List<UniEmitter<? super Integer>> working = new ArrayList<>();

    @AfterEach
    void close() {
        vertx.closeAndAwait();
    }

    @Test
    void a_few_use_a_code_at_once_and_the_others_follow_in_their_order() {
        List<UniAssertSubscriber<Integer>> asked = new ArrayList<>();
        for (int n = 0; n < 7; n++) asked.add(ask("ECO", n));
        assertThat(begun).containsExactly(0, 1, 2, 3);

        finish(1);
        assertThat(begun).containsExactly(0, 1, 2, 3, 4);
        finish(0);
        finish(2);

        assertThat(begun).containsExactly(0, 1, 2, 3, 4, 5, 6);
        asked.get(2).assertItem(2);
    }

    @Test
    void another_code_does_not_wait() {
        for (int n = 0; n < 5; n++) ask("ECO", n);
        ask("OTHER", 5);

        assertThat(begun).containsExactly(0, 1, 2, 3, 5);
    }

    @Test
    void what_fails_lets_the_next_one_in() {
        UniAssertSubscriber<Integer> first = ask("ECO", 0);
        for (int n = 1; n < 6; n++) ask("ECO", n);

        working.get(0).fail(new IllegalStateException("on purpose"));
        working.get(1).fail(new IllegalStateException("on purpose"));

        first.assertFailedWith(IllegalStateException.class, "on purpose");
        assertThat(begun).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void who_leaves_the_queue_is_passed_over() {
        for (int n = 0; n < 4; n++) ask("ECO", n);
        ask("ECO", 4).cancel();
        ask("ECO", 5);

        finish(0);

        assertThat(begun).containsExactly(0, 1, 2, 3, 5);
    }

    @Test
    void who_leaves_when_the_work_is_begun_leaves_it_to_its_end() {
        UniAssertSubscriber<Integer> gone = ask("ECO", 0);
        for (int n = 1; n < 5; n++) ask("ECO", n);
        gone.cancel();
        assertThat(begun).containsExactly(0, 1, 2, 3);

        finish(0);

        assertThat(begun).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void a_full_queue_and_a_turn_that_does_not_come_are_told_to_try_again() {
        for (int n = 0; n < CodeTurns.AT_ONCE; n++) ask("ECO", n);
        UniAssertSubscriber<Integer> waiting = ask("ECO", CodeTurns.AT_ONCE);
        for (int n = 1; n < CodeTurns.WAITING; n++) ask("ECO", CodeTurns.AT_ONCE + n);

        ask("ECO", -1).assertFailedWith(Problem.class, "at this moment");
        waiting.awaitFailure(PATIENCE).assertFailedWith(Problem.class, "at this moment");
    }

    private UniAssertSubscriber<Integer> ask(String code, int n) {
        return turns.inTurn(code, () -> {
                    begun.add(n);
                    return Uni.createFrom().<Integer>emitter(working::add);
                })
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private void finish(int n) {
        working.get(begun.indexOf(n)).complete(n);
    }
}
