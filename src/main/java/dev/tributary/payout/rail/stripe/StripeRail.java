package dev.tributary.payout.rail.stripe;

import com.stripe.model.StripeCollection;
import com.stripe.param.TransferListParams;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.payout.rail.Deadline;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.HttpSender;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Listing;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Order;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Traits;
import dev.tributary.stripe.StripeAnswer;
import dev.tributary.stripe.StripeCall;
import dev.tributary.stripe.StripeCalls;
import dev.tributary.stripe.StripeRequests;
import dev.tributary.stripe.StripeUnits;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Transfers to connected accounts: sent once by a client that repeats nothing, asked about by one that does. */
@ApplicationScoped
class StripeRail implements Rail, Listing {
    static final String NAME = "stripe";
    /** Fixed for ever: it owns the clearing account. */
    static final UUID CLEARING = UUID.fromString("c1a0c1e0-0000-4000-8000-000000000003");

    private static final String PATH = "/v1/transfers";
    /** A look-up that takes longer is made again by the plan. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StripePayoutConfig config;
    private final StripeRequests requests;
    private final StripeCalls calls;
    private final HttpSender http;

    @Inject
    StripeRail(StripePayoutConfig config, StripeRequests requests, StripeCalls calls, Vertx vertx) {
        this(config, requests, calls, new HttpSender(vertx, HttpSender.ANSWER_WITHIN));
    }

    StripeRail(StripePayoutConfig config, StripeRequests requests, StripeCalls calls, HttpSender http) {
        this.config = config;
        this.requests = requests;
        this.calls = calls;
        this.http = http;
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
        return StripeTransfers.TRAITS;
    }

    @Override
    public boolean configured() {
        return config.enabled() && calls.configured();
    }

    @Override
    public int perSecond() {
        return config.perSecond();
    }

    @Override
    public boolean takes(Money amount) {
        return StripeUnits.of(amount).isPresent();
    }

    @Override
    public Instruction freeze(Order order) {
        String body = StripeTransfers.form(order);
        return new Instruction(order.payoutId(), order.amount(), order.destination(), order.key(), body);
    }

    @Override
    public Uni<Reply> send(Instruction instruction, Deadline deadline) {
        if (!configured()) return Uni.createFrom().item(new Reply.NotWritten("no key is set"));
        StripeRequests.Post post = requests.post(PATH, instruction.body(), instruction.key());
        RequestOptions to = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(post.url().toString());
        post.headers().forEach(to::putHeader);
        return http.send(to, post.form(), deadline, StripeTransfers::read);
    }

    /** By the group, which is the payout's id: also where Stripe never answered. */
    @Override
    public Uni<Finding> lookUp(Instruction instruction, List<String> transferIds) {
        return inGroup(instruction.payoutId());
    }

    /** What Stripe has of one payout. */
    Uni<Finding> inGroup(UUID payout) {
        TransferListParams params = TransferListParams.builder()
                .setTransferGroup(TypeId.PAYOUT.format(payout))
                .setLimit((long) PAGE)
                .build();
        return list(params).map(StripeRail::found);
    }

    private static Finding found(StripeAnswer<JsonObject> answer) {
        return answer.value().map(StripeTransfers::found).orElseGet(() -> new Finding.Unclear(answer.told()));
    }

    @Override
    public Uni<Page> list(Instant from, Instant to, Optional<String> at) {
        TransferListParams.Created created = TransferListParams.Created.builder()
                .setGte(from.getEpochSecond())
                .setLt(to.getEpochSecond())
                .build();
        TransferListParams.Builder params =
                TransferListParams.builder().setCreated(created).setLimit((long) PAGE);
        at.ifPresent(params::setStartingAfter);
        return list(params.build()).map(answer -> answer.value()
                .map(StripeTransfers::page)
                .orElseThrow(() -> new IllegalStateException("Stripe lists nothing: " + answer.told())));
    }

    private Uni<StripeAnswer<JsonObject>> list(TransferListParams params) {
        return calls.send(StripeCall.repeatable("transfer.list", PATIENCE, (client, options) -> {
            StripeCollection<?> page = client.v1().transfers().list(params, options);
            return new JsonObject(page.getLastResponse().body());
        }));
    }

    @Override
    public Optional<Notice> read(JsonObject event) {
        return StripeTransfers.notice(event);
    }
}
