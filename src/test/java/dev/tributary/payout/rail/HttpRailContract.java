package dev.tributary.payout.rail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.payout.rail.ProviderStub.Fate;
import dev.tributary.payout.rail.Reply.Body;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every rail over HTTP must do with whatever happens on the way; one subclass a rail. */
public abstract class HttpRailContract extends RailContract {
    /** Longer than a stub takes on any machine, however busy: nothing waits for it. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    /** Where no answer comes, and it is known before. */
    private static final Duration NO_ANSWER_WITHIN = Duration.ofSeconds(1);

    private static final Set<Fate> NO_ANSWER = Set.of(Fate.SILENT, Fate.HELD, Fate.HELD_BEFORE);

    protected final Vertx vertx = Vertx.vertx();
    private final Provider provider = provider();
    private ProviderStub stub;
    private Rail rail;
    private Rail impatient;

    /** What the rail speaks to. */
    protected abstract Provider provider();

    protected abstract Rail rail(HttpSender http, String url);

    @BeforeEach
    void open() throws Exception {
        stub = new ProviderStub(vertx, 0, provider);
        io.vertx.mutiny.core.Vertx mutiny = new io.vertx.mutiny.core.Vertx(vertx);
        rail = rail(new HttpSender(mutiny, ANSWER_WITHIN), stub.url());
        impatient = rail(new HttpSender(mutiny, NO_ANSWER_WITHIN), stub.url());
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Override
    protected Rail rail() {
        return rail;
    }

    protected ProviderStub stub() {
        return stub;
    }

    @Override
    protected int carriedOut() {
        return provider.moved().size();
    }

    protected Reply send(Fate fate) {
        return send(fate, instruction());
    }

    private Reply send(Fate fate, Instruction instruction) {
        stub.next(fate);
        Rail by = NO_ANSWER.contains(fate) ? impatient : rail;
        return by.send(instruction, Deadline.startingNow(System::nanoTime))
                .await()
                .atMost(PATIENCE);
    }

    @Test
    void nothing_is_written_after_the_deadline() {
        rail.send(instruction(), new Deadline(System.nanoTime() - 1, System::nanoTime))
                .await()
                .atMost(PATIENCE);
        assertThat(stub.requests()).isZero();
    }

    @Test
    void nothing_is_written_where_nobody_listens() throws Exception {
        stub.close();
        assertThat(send()).isInstanceOf(Reply.NotWritten.class);
    }

    @Test
    void an_answer_that_does_not_come_whole_is_silence() {
        for (Fate fate : List.of(Fate.DROPPED, Fate.DONE_AND_DROPPED, Fate.HALF_AN_ANSWER, Fate.SILENT)) {
            assertThat(send(fate)).as("%s", fate).isInstanceOf(Reply.Silence.class);
            stub.release();
        }
    }

    @Test
    void statuses_and_what_comes_with_them_are_passed_on() {
        assertThat(send(Fate.OVERLOADED))
                .isEqualTo(new Reply.Answered(429, new Body.Unreadable(), Duration.ofSeconds(7), false));
        assertThat(send(Fate.UNAUTHORIZED)).isEqualTo(new Reply.Answered(401, new Body.Unreadable()));
        assertThat(send(Fate.PAGE)).isEqualTo(new Reply.Answered(403, new Body.Unreadable()));
        assertThat(send(Fate.REDIRECTED)).isEqualTo(new Reply.Answered(307, new Body.Unreadable()));
        assertThat(send(Fate.ENDLESS)).isEqualTo(new Reply.Answered(200, new Body.Unreadable()));
        assertThat(((Reply.Answered) send(Fate.DONE_AND_500)).status()).isEqualTo(500);
    }

    @Test
    void every_fate_is_one_request_and_leaves_no_more_doubt_than_there_is() {
        Meaning meaning = new Meaning(rail.traits());
        for (Fate fate : Fate.values()) {
            if (fate == Fate.HELD_BEFORE) continue;
            int before = carriedOut();
            Answer answer = meaning.of(sendOnce(fate));
            stub.release();
            boolean moved = carriedOut() > before;
            assertThat(!moved || answer.isDoubtful() || answer instanceof Answer.Known)
                    .as("%s was carried out, and the answer was %s", fate, answer)
                    .isTrue();
        }
        // Last: it is carried out after its release, whenever that is.
        sendOnce(Fate.HELD_BEFORE);
        stub.release();
    }

    private Reply sendOnce(Fate fate) {
        int before = stub.requests();
        Reply reply = send(fate, rail.freeze(order(new UUID(9, fate.ordinal()), AMOUNT)));
        assertThat(stub.requests()).as("requests of %s", fate).isEqualTo(before + 1);
        return reply;
    }

    @Test
    void a_key_that_is_known_makes_one_of_two() {
        send(Fate.DONE_AND_DROPPED);
        send();
        assertThat(carriedOut()).isEqualTo(rail.traits().isKeyed() ? 1 : 2);
    }

    @Test
    void where_the_provider_cannot_be_asked_nothing_is_taken_for_absent() {
        if (!rail.traits().follows()) return;
        String id = row(send()).id();
        for (Fate fate : List.of(Fate.UNAUTHORIZED, Fate.PAGE, Fate.REDIRECTED)) {
            stub.next(fate);
            assertThat(rail.lookUp(instruction(), List.of(id)).await().atMost(PATIENCE))
                    .as("%s", fate)
                    .isInstanceOf(Finding.Unclear.class);
        }
    }
}
