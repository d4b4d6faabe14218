package dev.tributary.payout.rail.circle;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.Deadline;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Listing;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Order;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Reply.Body;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.Transfer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** USDC by Circle, to an address that its address book has accepted; a US dollar of the books is one USDC. */
@ApplicationScoped
class CircleRail implements Rail, Listing {
    static final String NAME = "circle";
    /** Fixed for ever: it owns the clearing account. */
    static final UUID CLEARING = UUID.fromString("c1a0c1e0-0000-4000-8000-000000000001");

    private static final String PATH = "/v1/payouts";
    /** Half of what a list may hold, so that a page stays below the longest answer that is read. */
    private static final int ROWS = PAGE / 2;

    private final CircleApi circle;

    CircleRail(CircleApi circle) {
        this.circle = circle;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String rail() {
        return NAME;
    }

    @Override
    public UUID clearing() {
        return CLEARING;
    }

    @Override
    public Traits traits() {
        return CirclePayouts.TRAITS;
    }

    @Override
    public boolean configured() {
        return circle.configured();
    }

    @Override
    public int perSecond() {
        return circle.perSecond();
    }

    @Override
    public boolean takes(Money amount) {
        return amount.currency().equals("USD");
    }

    @Override
    public Instruction freeze(Order order) {
        String key = order.uuidKey().toString();
        String body = CirclePayouts.body(order.uuidKey(), circle.wallet(), order.destination(), order.amount())
                .encode();
        return new Instruction(order.payoutId(), order.amount(), order.destination(), key, body);
    }

    @Override
    public Uni<Reply> send(Instruction instruction, Deadline deadline) {
        if (!configured()) return Uni.createFrom().item(new Reply.NotWritten("no key is set"));
        RequestOptions to = circle.to(HttpMethod.POST, PATH);
        return circle.http().send(to, instruction.body(), deadline, CirclePayouts::read);
    }

    /** By the id that Circle told; without one the same must be sent again. */
    @Override
    public Uni<Finding> lookUp(Instruction instruction, List<String> transferIds) {
        if (transferIds.isEmpty()) return Uni.createFrom().item(new Finding.Unclear("Circle told no id"));
        List<Uni<Reply>> asked = transferIds.stream().map(this::find).toList();
        return Uni.join().all(asked).andFailFast().map(CircleRail::found);
    }

    private Uni<Reply> find(String id) {
        RequestOptions to = circle.to(HttpMethod.GET, PATH + "/" + CircleApi.encoded(id));
        return circle.http().send(to, "", Deadline.startingNow(System::nanoTime), CirclePayouts::read);
    }

    private static Finding found(List<Reply> replies) {
        List<Transfer> transfers = new ArrayList<>();
        for (Reply reply : replies) row(reply).ifPresent(transfers::add);
        return transfers.size() == replies.size()
                ? new Finding.Found(transfers)
                : new Finding.Unclear("Circle did not tell of all");
    }

    private static Optional<Transfer> row(Reply reply) {
        return reply instanceof Reply.Answered answered
                        && answered.status() == 200
                        && answered.body() instanceof Body.Row row
                ? Optional.of(row.transfer())
                : Optional.empty();
    }

    /** What Circle says of one payout now; empty where it does not say. */
    Uni<Optional<Transfer>> ask(String id) {
        return find(id).map(CircleRail::row);
    }

    @Override
    public Uni<Page> list(Instant from, Instant to, Optional<String> at) {
        String after = at.map(id -> "&pageAfter=" + CircleApi.encoded(id)).orElse("");
        String query = "?from=%s&to=%s&pageSize=%d%s"
                .formatted(CircleApi.encoded(from.toString()), CircleApi.encoded(to.toString()), ROWS, after);
        return circle.http()
                .ask(circle.to(HttpMethod.GET, PATH + query), "")
                .map(told -> CirclePayouts.page(
                        told.good()
                                .orElseThrow(() -> new IllegalStateException("Circle lists nothing: " + told.status())),
                        to,
                        ROWS));
    }

    @Override
    public Optional<Notice> read(JsonObject event) {
        return CirclePayouts.notice(event);
    }
}
