package dev.tributary.payout.rail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.Reply.Body;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every rail must do; one subclass a rail. */
public abstract class RailContract {
    protected static final Duration PATIENCE = Duration.ofSeconds(30);
    protected static final Money AMOUNT = new Money(740, "USD");

    /** Each test pays another payout, so that they may share a database. */
    private final UUID payout = UUID.fromString("01890a5d-ac96-774b-8000-" + tail());

    private static String tail() {
        return "%012x".formatted(UUID.randomUUID().getLeastSignificantBits() & 0xffffffffffffL);
    }

    protected abstract Rail rail();

    /** Where the money goes, as its recipients gave it. */
    protected abstract String destination();

    /** What the provider carried out of this test's payout. */
    protected abstract int carriedOut();

    protected UUID payout() {
        return payout;
    }

    protected Order order(UUID payout, Money amount) {
        UUID hash = UUID.nameUUIDFromBytes(payout.toString().getBytes(StandardCharsets.UTF_8));
        UUID random = new UUID(hash.getMostSignificantBits() & ~0xF000L | 0x4000L, hash.getLeastSignificantBits());
        return new Order(payout, "tributary-" + payout, random, amount, destination());
    }

    protected Instruction instruction() {
        return rail().freeze(order(payout, AMOUNT));
    }

    protected Reply send() {
        return send(instruction());
    }

    protected Reply send(Instruction instruction) {
        Deadline deadline = Deadline.startingNow(System::nanoTime);
        return rail().send(instruction, deadline).await().atMost(PATIENCE);
    }

    protected static Transfer row(Reply reply) {
        return ((Body.Row) ((Reply.Answered) reply).body()).transfer();
    }

    @Test
    void an_order_is_frozen_to_the_same_bytes_each_time() {
        assertThat(instruction()).isEqualTo(instruction());
        assertThat(instruction().destination()).isEqualTo(destination());
        assertThat(instruction().amount()).isEqualTo(AMOUNT);
    }

    @Test
    void it_is_configured_and_asks_no_faster_than_somebody_said() {
        assertThat(rail().configured()).isTrue();
        assertThat(rail().perSecond()).isBetween(1, 1_000);
        assertThat(rail().takes(AMOUNT)).isTrue();
    }

    @Test
    void what_the_provider_takes_is_known_by_its_row() {
        Transfer transfer = row(send());
        assertThat(transfer.movedMinor()).isEqualTo(AMOUNT.amount());
        assertThat(transfer.currency()).isEqualTo(AMOUNT.currency());
        assertThat(carriedOut()).isEqualTo(1);
    }

    @Test
    void nothing_is_sent_after_the_deadline() {
        Deadline passed = new Deadline(System.nanoTime() - 1, System::nanoTime);
        Reply reply = rail().send(instruction(), passed).await().atMost(PATIENCE);

        assertThat(reply).isInstanceOf(Reply.NotWritten.class);
        assertThat(carriedOut()).isZero();
    }

    @Test
    void where_there_are_keys_the_same_again_is_one_payout_with_one_name() {
        Transfer first = row(send());
        Transfer second = row(send());

        assertThat(carriedOut()).isEqualTo(rail().traits().isKeyed() ? 1 : 2);
        if (rail().traits().isKeyed()) assertThat(second).isEqualTo(first);
    }

    @Test
    void a_rail_that_looks_up_knows_what_became_of_a_payout_by_our_id_alone() {
        Finding before = rail().lookUp(instruction(), List.of()).await().atMost(PATIENCE);
        if (!rail().traits().looksUp()) {
            assertThat(before).isInstanceOf(Finding.Unclear.class);
            return;
        }
        assertThat(before).isEqualTo(new Finding.Absent());
        Transfer sent = row(send());
        Finding after = rail().lookUp(instruction(), List.of()).await().atMost(PATIENCE);
        assertThat(after).isEqualTo(new Finding.Found(List.of(sent)));
    }

    @Test
    void a_rail_that_follows_tells_of_a_transfer_by_its_id() {
        Transfer sent = row(send());
        if (!rail().traits().follows()) return;
        Finding found = rail().lookUp(instruction(), List.of(sent.id())).await().atMost(PATIENCE);
        assertThat(((Finding.Found) found).transfers()).extracting(Transfer::id).containsExactly(sent.id());
    }
}
