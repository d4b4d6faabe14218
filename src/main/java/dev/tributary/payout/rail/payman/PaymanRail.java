package dev.tributary.payout.rail.payman;

import dev.tributary.payout.rail.Deadline;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.HttpSender;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Traits;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** US bank transfers and USDC by Payman, told once. */
final class PaymanRail implements Rail {
    /** Fixed for ever: it owns the clearing account. */
    static final UUID CLEARING = UUID.fromString("c1a0c1e0-0000-4000-8000-000000000002");

    private static final String TYPE = "application/vnd.payman.v1+json";

    private final HttpSender http;
    private final String url;
    private final String secret;
    private final Clock clock;

    /** @param url such as {@code https://agent.payman.ai/api} */
    PaymanRail(HttpSender http, String url, String secret, Clock clock) {
        this.http = http;
        this.url = url;
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "payman";
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
    public Uni<Reply> send(Instruction instruction, Deadline deadline) {
        RequestOptions to = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url + "/payments/send-payment")
                .putHeader("x-payman-api-secret", secret)
                .putHeader("Accept", TYPE)
                .putHeader("Content-Type", TYPE);
        return http.send(
                to,
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
