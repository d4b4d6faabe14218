package dev.tributary.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.postgres.DirectConnections;
import dev.tributary.postgres.Listeners;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class OutboxDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Inject
    Outbox outbox;

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    @Inject
    Ids ids;

    @Inject
    Vertx vertx;

    @Inject
    Listeners listeners;

    @Inject
    DirectConnections connections;

    @Inject
    Deliverer deliverer;

    @Inject
    Gatherer gatherer;

    private final UUID aggregate = UUID.randomUUID();

    @BeforeEach
    void table() {
        pool.query(Recorder.TABLE).execute().await().atMost(ANSWER);
    }

    @Test
    void what_is_appended_is_delivered_once_in_the_order_of_the_aggregate() {
        for (int i = 0; i < 20; i++) append(event(i));

        await(() -> numbers().size() == 20);
        assertThat(numbers()).isEqualTo(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void what_is_rolled_back_was_never_appended() {
        Event event = event(1);

        assertThatThrownBy(() -> transactions
                        .run(tx -> outbox.append(tx, event)
                                .chain(() -> Uni.createFrom().failure(new IllegalArgumentException("rolled back"))))
                        .await()
                        .atMost(ANSWER))
                .hasMessage("rolled back");

        assertThat(count("SELECT count(*) FROM outbox_event WHERE id = $1", event.id()))
                .isZero();
        assertThat(count("SELECT count(*) FROM outbox_delivery WHERE event_id = $1", event.id()))
                .isZero();
    }

    @Test
    void a_failed_delivery_leaves_no_effect_and_is_tried_again_before_the_next_of_its_aggregate() {
        append(event(1, new JsonObject().put("failures", 2)));
        append(event(2));

        await(() -> numbers().size() == 2);
        assertThat(numbers()).containsExactly(1, 2);
    }

    @Test
    void a_connection_cut_in_the_middle_of_a_delivery_has_one_effect_in_the_end() {
        append(event(1, new JsonObject().put("cutsConnection", true)));

        await(() -> {
            try {
                return !numbers().isEmpty() && open() == 0;
            } catch (CompletionException cutToo) {
                // the pool may not know yet that the connection is gone, and give it to us
                return false;
            }
        });
        assertThat(numbers()).containsExactly(1);
    }

    @Test
    void a_parked_event_blocks_its_aggregate_alone_and_can_be_seen() {
        UUID other = UUID.randomUUID();
        Event poison = event(1, new JsonObject().put("failures", 1_000));
        // Nine of ten attempts are behind it: what ten real ones with their pauses would take minutes for.
        transactions
                .run(tx -> outbox.append(tx, poison)
                        .chain(() -> tx.preparedQuery("UPDATE outbox_delivery SET attempts = $2 WHERE event_id = $1")
                                .execute(Tuple.of(poison.id(), Backoff.ATTEMPTS - 1))))
                .await()
                .atMost(ANSWER);
        append(event(2));
        append(new Event(ids.next(), Recorder.TYPE, other, new JsonObject().put("number", 7)));

        await(() -> count("SELECT count(*) FROM test_effect WHERE aggregate_id = $1", other) == 1);
        await(() -> count(
                        "SELECT count(*) FROM outbox_delivery WHERE event_id = $1 AND parked_at IS NOT NULL"
                                + " AND last_error LIKE '%not yet%'",
                        poison.id())
                == 1);
        assertThat(numbers()).isEmpty();
        assertThat(open()).isEqualTo(2);
    }

    @Test
    void two_relays_at_once_keep_the_order_and_have_each_effect_once() {
        Relay second = new Relay(vertx, listeners, connections, deliverer, "server");
        List<UUID> aggregates =
                IntStream.range(0, 30).mapToObj(i -> UUID.randomUUID()).toList();
        for (int number = 0; number < 10; number++) {
            for (UUID each : aggregates) {
                append(new Event(ids.next(), Recorder.TYPE, each, new JsonObject().put("number", number)));
                second.nudge();
            }
        }

        await(() -> {
            second.nudge();
            return count("SELECT count(*) FROM test_effect WHERE aggregate_id = ANY($1)", (Object)
                            aggregates.toArray(UUID[]::new))
                    == 300;
        });
        second.onStop(new io.quarkus.runtime.ShutdownEvent());
        for (UUID each : aggregates) {
            assertThat(numbers(each)).isEqualTo(IntStream.range(0, 10).boxed().toList());
        }
    }

    @Test
    void two_deliverers_of_the_same_slots_have_each_effect_once() {
        for (int i = 0; i < 50; i++) append(event(i));
        java.util.Set<Integer> all = java.util.Set.of(Slots.of(aggregate));
        List<Uni<Integer>> racing = new ArrayList<>();
        for (int i = 0; i < 4; i++) racing.add(deliverer.deliver(all));
        Uni.join().all(racing).andFailFast().await().atMost(ANSWER);

        await(() -> numbers().size() >= 50 && open() == 0);
        assertThat(numbers()).isEqualTo(IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void who_takes_many_gets_many_at_once_and_each_once() {
        appendTogether(IntStream.range(0, 60)
                .mapToObj(i -> new Event(ids.next(), Gatherer.TYPE, aggregate, new JsonObject()))
                .toList());
        List<Uni<Integer>> racing = new ArrayList<>();
        for (int i = 0; i < 3; i++) racing.add(deliverer.deliver(java.util.Set.of(Slots.of(aggregate))));
        Uni.join().all(racing).andFailFast().await().atMost(ANSWER);

        await(() -> numbers().size() >= 60 && open() == 0);
        assertThat(numbers()).hasSize(60);
        assertThat(gatherer.sizes()).anyMatch(size -> size > 1);
    }

    @Test
    void among_many_one_that_fails_stops_no_other() {
        List<Event> events = IntStream.range(0, 20)
                .mapToObj(i ->
                        new Event(ids.next(), Gatherer.TYPE, UUID.randomUUID(), new JsonObject().put("poison", i == 7)))
                .toList();
        appendTogether(events);

        UUID[] all = events.stream().map(Event::id).toArray(UUID[]::new);
        await(() -> count("SELECT count(*) FROM test_effect WHERE event_id = ANY($1)", (Object) all) == 19);
        await(() -> count(
                        "SELECT count(*) FROM outbox_delivery WHERE event_id = $1 AND delivered_at IS NULL AND attempts > 0",
                        events.get(7).id())
                == 1);
    }

    private void appendTogether(List<Event> events) {
        transactions
                .run(tx -> Multi.createFrom()
                        .iterable(events)
                        .onItem()
                        .transformToUniAndConcatenate(event -> outbox.append(tx, event))
                        .collect()
                        .last())
                .await()
                .atMost(ANSWER);
    }

    @Test
    void delivered_events_are_forgotten_after_their_time_and_open_ones_are_not() {
        Event done = event(1);
        append(done);
        await(() -> open() == 0);
        Event stuck = event(2, new JsonObject().put("failures", 1_000));
        append(stuck);

        transactions
                .run(tx -> outbox.forget(tx, OffsetDateTime.now().plusHours(1), 100_000))
                .await()
                .atMost(ANSWER);

        assertThat(count("SELECT count(*) FROM outbox_event WHERE id = $1", done.id()))
                .isZero();
        assertThat(count("SELECT count(*) FROM outbox_event WHERE id = $1", stuck.id()))
                .isOne();
    }

    private Event event(int number) {
        return event(number, new JsonObject());
    }

    private Event event(int number, JsonObject payload) {
        return new Event(ids.next(), Recorder.TYPE, aggregate, payload.put("number", number));
    }

    private void append(Event event) {
        transactions.run(tx -> outbox.append(tx, event)).await().atMost(ANSWER);
    }

    private long open() {
        return count(
                "SELECT count(*) FROM outbox_delivery WHERE aggregate_id = $1 AND delivered_at IS NULL", aggregate);
    }

    private List<Integer> numbers() {
        return numbers(aggregate);
    }

    private List<Integer> numbers(UUID of) {
        List<Integer> numbers = new ArrayList<>();
        for (Row row : pool.preparedQuery("SELECT number FROM test_effect WHERE aggregate_id = $1 ORDER BY id")
                .execute(Tuple.of(of))
                .await()
                .atMost(ANSWER)) numbers.add(row.getInteger(0));
        return numbers;
    }

    private long count(String sql, Object argument) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(argument))
                .await()
                .atMost(ANSWER)
                .iterator()
                .next()
                .getLong(0);
    }

    /** Waits for what must come; gives up after a time far beyond it. */
    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("did not happen in time").isLessThan(deadline);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
