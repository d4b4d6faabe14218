package dev.tributary.analytics.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.embedded.Stores;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.redis.RedisLine;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of reports, who waits for one, and who is told to come again. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class KeptReportsDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** What Redis misses on a busy machine is computed again. */
    private static final int TRIES = 100;

    @Inject
    RedisLine redis;

    @Inject
    ObjectMapper json;

    private final Hands hands = new Hands();
    private final AtomicInteger computed = new AtomicInteger();
    private String name = UUID.randomUUID().toString();
    private KeptReports kept;

    /** A clock whose hands are moved. */
    private static final class Hands extends Clock {
        private volatile Instant now = Instant.parse("2026-04-10T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    record Report(int number, String text) {}

    @BeforeEach
    void begins() {
        kept = new KeptReports(redis, json, hands);
    }

    @Test
    void an_old_report_is_answered_and_computed_anew_behind_it() {
        stored();
        int first = computed.get();
        hands.now = hands.now.plusSeconds(59);
        assertThat(number()).isEqualTo(first);
        hands.now = hands.now.plusSeconds(2);

        assertThat(number()).as("the old one").isEqualTo(first);
        for (int tries = 0; number() == first; tries++)
            assertThat(tries).as("is computed anew").isLessThan(10_000);
    }

    @Test
    void while_a_report_is_computed_anew_nobody_waits() {
        stored();
        int first = computed.get();
        hands.now = hands.now.plusSeconds(61);
        CompletableFuture<Report> under = new CompletableFuture<>();
        for (int i = 0; i < 3; i++)
            assertThat(asks(name, () -> Uni.createFrom().completionStage(under))
                            .await()
                            .atMost(ANSWER)
                            .number())
                    .isEqualTo(first);
        assertThat(computed.get()).as("computed once more").isEqualTo(first + 1);
        under.complete(new Report(first + 1, ""));
    }

    @Test
    void all_who_ask_meanwhile_wait_for_one() {
        CompletableFuture<Report> under = new CompletableFuture<>();
        List<CompletableFuture<Report>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++)
            waiting.add(
                    asks(name, () -> Uni.createFrom().completionStage(under)).subscribeAsCompletionStage());
        under.complete(new Report(7, ""));

        waiting.forEach(each -> assertThat(each.join().number()).isEqualTo(7));
        assertThat(computed.get()).isOne();
    }

    @Test
    void what_takes_too_long_is_told_to_come_again_and_is_there_then() {
        CompletableFuture<Report> under = new CompletableFuture<>();
        assertThatThrownBy(() -> asks(name, () -> Uni.createFrom().completionStage(under))
                        .await()
                        .atMost(ANSWER))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.UNAVAILABLE));
        under.complete(new Report(7, "x".repeat(1_000_000)));

        assertThat(asks(name, KeptReportsDatabaseTest::never)
                        .await()
                        .atMost(ANSWER)
                        .number())
                .as("too long for Redis, kept in memory")
                .isEqualTo(7);
    }

    @Test
    void what_cannot_be_computed_says_why_and_is_tried_again() {
        Problem none = Problem.notFound("Program");
        assertThatThrownBy(() ->
                        asks(name, () -> Uni.createFrom().failure(none)).await().atMost(ANSWER))
                .isSameAs(none);
        assertThat(number()).isEqualTo(2);
    }

    @Test
    void more_than_eight_at_once_are_refused_until_one_is_done() {
        CompletableFuture<Report> under = new CompletableFuture<>();
        List<CompletableFuture<Report>> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++)
            waiting.add(asks(name + i, () -> Uni.createFrom().completionStage(under))
                    .subscribeAsCompletionStage());
        for (int tries = 0; computed.get() < 8; tries++) assertThat(tries).isLessThan(TRIES * TRIES * TRIES);
        assertThatThrownBy(this::number).isInstanceOf(Problem.class).hasMessageContaining("Too many");
        under.complete(new Report(7, ""));
        waiting.forEach(CompletableFuture::join);

        assertThat(number()).isEqualTo(9);
    }

    /** Until one has come to Redis. */
    private void stored() {
        for (int tries = 0; tries < TRIES; tries++) {
            name = UUID.randomUUID().toString();
            int first = number();
            // as another instance, which has nothing in memory
            kept = new KeptReports(redis, json, hands);
            if (number() == first) return;
        }
        throw new AssertionError("Redis kept none of " + TRIES);
    }

    private int number() {
        return asks(name, () -> Uni.createFrom().item(() -> new Report(computed.get(), "")))
                .await()
                .atMost(ANSWER)
                .number();
    }

    private Uni<Report> asks(String report, Supplier<Uni<Report>> compute) {
        return kept.get(report, Report.class, () -> {
            computed.incrementAndGet();
            return compute.get();
        });
    }

    private static Uni<Report> never() {
        throw new AssertionError("is kept already");
    }
}
