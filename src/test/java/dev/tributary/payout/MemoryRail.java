package dev.tributary.payout;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.Deadline;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Order;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Traits;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** A rail in memory, which answers as a test tells it to and remembers what it was sent. */
@Singleton
public class MemoryRail implements Rail {
    static final String NAME = "memory";
    static final UUID CLEARING = UUID.fromString("c1a0c1e0-0000-4000-8000-0000000000ff");
    static final Traits.Codes CODES =
            new Traits.Codes(Set.of("account_closed"), Set.of("no_funds"), Set.of("key_reused"), Set.of("busy"));
    static final Traits KEYED = new Traits(Duration.ofHours(24), true, true, Duration.ofMinutes(5), CODES);
    static final Traits DUMB = new Traits(Duration.ZERO, false, false, Duration.ofMinutes(5), CODES);

    volatile Traits traits = KEYED;
    volatile boolean configured = true;
    volatile Function<Instruction, Reply> replies = sent -> new Reply.Silence("nobody there");
    volatile Function<Instruction, Finding> findings = sent -> new Finding.Absent();
    final List<Instruction> sent = Collections.synchronizedList(new ArrayList<>());

    /** As it was at first. */
    void calm() {
        traits = KEYED;
        configured = true;
        replies = sent -> new Reply.Silence("nobody there");
        findings = sent -> new Finding.Absent();
        sent.clear();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public UUID clearing() {
        return CLEARING;
    }

    @Override
    public Traits traits() {
        return traits;
    }

    @Override
    public boolean configured() {
        return configured;
    }

    @Override
    public int perSecond() {
        return 500;
    }

    @Override
    public boolean takes(Money amount) {
        return amount.amount() > 1;
    }

    @Override
    public Instruction freeze(Order order) {
        if (order.destination().equals("unspeakable")) throw new IllegalArgumentException("no such payee");
        JsonObject body = new JsonObject()
                .put("to", order.destination())
                .put("amount", order.amount().amount());
        return new Instruction(order.payoutId(), order.amount(), order.destination(), order.key(), body.encode());
    }

    @Override
    public Uni<Reply> send(Instruction instruction, Deadline deadline) {
        sent.add(instruction);
        return Uni.createFrom().item(() -> replies.apply(instruction));
    }

    @Override
    public Uni<Finding> lookUp(Instruction instruction, List<String> transferIds) {
        return Uni.createFrom().item(() -> findings.apply(instruction));
    }

    @Override
    public Optional<Notice> read(JsonObject event) {
        return Optional.empty();
    }
}
