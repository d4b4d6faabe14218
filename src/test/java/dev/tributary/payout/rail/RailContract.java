package dev.tributary.payout.rail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.payout.rail.ProviderStub.Fate;
import dev.tributary.payout.rail.Reply.Body;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every rail over HTTP must do with whatever its provider does; one subclass a rail. */
public abstract class RailContract {
    /** Long beside what a stub on this machine takes; only silence waits for it. */
    protected static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final Vertx vertx = Vertx.vertx();
    private ProviderStub stub;
    private Rail rail;

    /** The provider's server, which counts what it carries out. */
    protected abstract ProviderStub stub(Vertx vertx) throws Exception;

    protected abstract Rail rail(HttpSender http, String url);

    protected abstract Instruction instruction();

    /** What the provider carried out so far. */
    protected abstract int carriedOut();

    @BeforeEach
    void open() throws Exception {
        stub = stub(vertx);
        HttpSender http = new HttpSender(new io.vertx.mutiny.core.Vertx(vertx), ANSWER_WITHIN);
        rail = rail(http, stub.url());
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void what_the_provider_takes_is_known_by_its_row() {
        Reply.Answered answered = (Reply.Answered) send(Fate.GOOD);

        assertThat(((Body.Row) answered.body()).transfer().movedMinor())
                .isEqualTo(instruction().amount().amount());
        assertThat(carriedOut()).isEqualTo(1);
    }

    @Test
    void nothing_is_written_after_the_deadline() {
        Deadline passed = new Deadline(System.nanoTime() - 1, System::nanoTime);
        Reply reply = rail.send(instruction(), passed).await().atMost(Duration.ofSeconds(30));

        assertThat(reply).isInstanceOf(Reply.NotWritten.class);
        assertThat(stub.heard()).isEmpty();
    }

    @Test
    void nothing_is_written_where_nobody_listens() throws Exception {
        stub.close();
        assertThat(send(Fate.GOOD)).isInstanceOf(Reply.NotWritten.class);
    }

    @Test
    void an_answer_that_does_not_come_whole_is_silence() {
        for (Fate fate : List.of(Fate.DROPPED, Fate.DONE_AND_DROPPED, Fate.HALF_AN_ANSWER, Fate.SILENT))
            assertThat(send(fate)).as("%s", fate).isInstanceOf(Reply.Silence.class);
    }

    @Test
    void whatever_happens_one_call_is_one_request() {
        for (Fate fate : Fate.values()) {
            int before = stub.heard().size();
            send(fate);
            assertThat(stub.heard()).as("%s", fate).hasSize(before + 1);
        }
    }

    @Test
    void statuses_and_what_comes_with_them_are_passed_on() {
        assertThat(((Reply.Answered) send(Fate.DONE_AND_500)).status()).isEqualTo(500);
        assertThat(send(Fate.OVERLOADED))
                .isEqualTo(new Reply.Answered(429, new Body.Unreadable(), Duration.ofSeconds(7), false));
        assertThat(send(Fate.UNAUTHORIZED)).isEqualTo(new Reply.Answered(401, new Body.Unreadable()));
        assertThat(send(Fate.PAGE)).isEqualTo(new Reply.Answered(403, new Body.Unreadable()));
        assertThat(send(Fate.REDIRECTED)).isEqualTo(new Reply.Answered(307, new Body.Unreadable()));
        assertThat(send(Fate.ENDLESS)).isEqualTo(new Reply.Answered(200, new Body.Unreadable()));
    }

    @Test
    void a_key_that_is_known_makes_two_of_one() {
        send(Fate.DONE_AND_DROPPED);
        send(Fate.GOOD);
        assertThat(carriedOut()).isEqualTo(rail.traits().isKeyed() ? 1 : 2);
    }

    @Test
    void a_rail_says_where_it_cannot_be_asked() {
        Finding unseen = rail.lookUp(instruction(), List.of()).await().atMost(Duration.ofSeconds(30));
        if (!rail.traits().looksUp()) assertThat(unseen).isInstanceOf(Finding.Unclear.class);
        if (!rail.traits().follows()) return;
        Reply.Answered done = (Reply.Answered) send(Fate.GOOD);
        String id = ((Body.Row) done.body()).transfer().id();
        Finding found = rail.lookUp(instruction(), List.of(id)).await().atMost(Duration.ofSeconds(30));
        assertThat(((Finding.Found) found).transfers()).extracting(Transfer::id).containsExactly(id);
        stub.next(Fate.UNAUTHORIZED);
        assertThat(rail.lookUp(instruction(), List.of(id)).await().atMost(Duration.ofSeconds(30)))
                .isInstanceOf(Finding.Unclear.class);
    }

    private Reply send(Fate fate) {
        if (fate != Fate.GOOD) stub.next(fate);
        Deadline deadline = Deadline.startingNow(System::nanoTime);
        return rail.send(instruction(), deadline).await().atMost(Duration.ofSeconds(30));
    }
}
