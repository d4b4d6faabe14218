package dev.tributary.payout.rail.payman;

import dev.tributary.id.TypeId;
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
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** US bank transfers and USDC by Payman, told once. It lists nothing, so there is nothing to compare the books with. */
@ApplicationScoped
class PaymanRail implements Rail {
    static final String NAME = "payman";
    /** Fixed for ever: it owns the clearing account. */
    static final UUID CLEARING = UUID.fromString("c1a0c1e0-0000-4000-8000-000000000002");

    private final PaymanApi payman;
    private final Clock clock;

    PaymanRail(PaymanApi payman, Clock clock) {
        this.payman = payman;
        this.clock = clock;
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
        return PaymanPayments.TRAITS;
    }

    @Override
    public boolean configured() {
        return payman.configured();
    }

    @Override
    public int perSecond() {
        return payman.perSecond();
    }

    @Override
    public boolean takes(Money amount) {
        return amount.currency().equals("USD");
    }

    @Override
    public Instruction freeze(Order order) {
        String payout = TypeId.PAYOUT.format(order.payoutId());
        String body = PaymanPayments.body(payman.wallet(), order.destination(), order.amount(), payout)
                .encode();
        return new Instruction(order.payoutId(), order.amount(), order.destination(), order.key(), body);
    }

    @Override
    public Uni<Reply> send(Instruction instruction, Deadline deadline) {
        if (!configured()) return Uni.createFrom().item(new Reply.NotWritten("no secret is set"));
        return payman.http()
                .send(
                        payman.to(HttpMethod.POST, "/payments/send-payment"),
                        instruction.body(),
                        deadline,
                        answer -> PaymanPayments.read(answer, instruction.amount(), clock.instant()));
    }

    @Override
    public Uni<Finding> lookUp(Instruction instruction, List<String> transferIds) {
        return Uni.createFrom().item(new Finding.Unclear("Payman cannot be asked about a payment"));
    }

    /** It tells of nothing by itself. */
    @Override
    public Optional<Notice> read(JsonObject event) {
        return Optional.empty();
    }
}
