package dev.tributary.payout.rail.circle;

import dev.tributary.payout.rail.Deadline;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.HttpSender;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Reply.Body;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.Transfer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** USDC by Circle, to an address that its address book has accepted. */
final class CircleRail implements Rail {
    /** Fixed for ever: it owns the clearing account. */
    static final UUID CLEARING = UUID.fromString("c1a0c1e0-0000-4000-8000-000000000001");

    private final HttpSender http;
    private final String url;
    private final String key;

    /**
     * @param url such as {@code https://api.circle.com}
     * @param key of the API, sent as a bearer token
     */
    CircleRail(HttpSender http, String url, String key) {
        this.http = http;
        this.url = url;
        this.key = key;
    }

    @Override
    public String name() {
        return "circle";
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
    public Uni<Reply> send(Instruction instruction, Deadline deadline) {
        return http.send(to(HttpMethod.POST, ""), instruction.body(), deadline, CirclePayouts::read);
    }

    /** By the id that Circle told; without one the same must be sent again. */
    @Override
    public Uni<Finding> lookUp(Instruction instruction, List<String> transferIds) {
        if (transferIds.isEmpty()) return Uni.createFrom().item(new Finding.Unclear("Circle told no id"));
        List<Uni<Reply>> asked = new ArrayList<>();
        for (String id : transferIds) {
            String path = "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
            asked.add(http.send(
                    to(HttpMethod.GET, path), "", Deadline.startingNow(System::nanoTime), CirclePayouts::read));
        }
        return Uni.join().all(asked).andFailFast().map(CircleRail::found);
    }

    private static Finding found(List<Reply> replies) {
        List<Transfer> transfers = new ArrayList<>();
        for (Reply reply : replies)
            if (reply instanceof Reply.Answered answered
                    && answered.status() == 200
                    && answered.body() instanceof Body.Row row) transfers.add(row.transfer());
        return transfers.size() == replies.size()
                ? new Finding.Found(transfers)
                : new Finding.Unclear("Circle did not tell of all");
    }

    @Override
    public Optional<Notice> read(JsonObject event) {
        return CirclePayouts.notice(event);
    }

    private RequestOptions to(HttpMethod method, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(url + "/v1/payouts" + path)
                .putHeader("Authorization", "Bearer " + key)
                .putHeader("Content-Type", "application/json");
    }
}
