package dev.tributary.payout.rail.circle;

import dev.tributary.payout.rail.DetailFields;
import dev.tributary.payout.rail.HttpSender.Told;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipient.State;
import dev.tributary.payout.rail.Recipients;
import dev.tributary.payout.rail.circle.UsdcAddress.Chain;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Entries of Circle's address book. Where withdrawals are delayed, a new one is pending for a day before it takes money. */
@ApplicationScoped
class CircleRecipients implements Recipients {
    private static final String PATH = "/v1/addressBook/recipients";
    private static final Map<String, State> STATES = Map.of(
            "pending", State.PENDING, "active", State.ACTIVE, "inactive", State.INACTIVE, "denied", State.DENIED);

    private final CircleApi circle;

    CircleRecipients(CircleApi circle) {
        this.circle = circle;
    }

    @Override
    public String rail() {
        return CircleRail.NAME;
    }

    @Override
    public boolean configured() {
        return circle.configured();
    }

    /** {@code chain}, {@code address}, and {@code currency}, which is USD. */
    @Override
    public Details read(JsonObject sent) {
        DetailFields fields = new DetailFields(sent);
        Chain chain = fields.oneOf("chain", Chain.values());
        String address = fields.text("address", "[0-9A-Za-z]{20,64}", "details.address is an address on that chain");
        String currency = fields.dollars();
        boolean sound = address.isEmpty() || UsdcAddress.isValid(chain, address);
        fields.check(sound, "address", "invalid", "This is no address on that chain: its length or checksum is wrong");
        fields.done();
        JsonObject settled = new JsonObject()
                .put("chain", chain.name())
                .put("address", address)
                .put("currency", currency);
        return new Details(currency, "USDC " + chain + " " + new UsdcAddress(chain, address).redacted(), settled);
    }

    @Override
    public Uni<Recipient> open(Details details, UUID key) {
        JsonObject body = new JsonObject()
                .put("idempotencyKey", CircleKeys.version4(key).toString())
                .put("chain", details.fields().getString("chain"))
                .put("address", details.fields().getString("address"))
                .put("metadata", new JsonObject().put("nickname", key.toString()));
        return circle.http()
                .ask(circle.to(HttpMethod.POST, PATH), body.encode())
                .map(CircleRecipients::told);
    }

    @Override
    public Uni<Recipient> check(String destination) {
        String path = PATH + "/" + CircleApi.encoded(destination);
        return circle.http().ask(circle.to(HttpMethod.GET, path), "").map(CircleRecipients::told);
    }

    private static Recipient told(Told told) {
        boolean refused = told.status() == 400 || told.status() == 409 || told.status() == 422;
        if (refused && told.body().map(body -> body.getValue("code")).isPresent())
            throw Problem.value("details", "refused", "Circle does not take this address");
        return told.good()
                .flatMap(body -> recipient(body.getValue("data")))
                .orElseThrow(() -> new Problem(ProblemKind.UNAVAILABLE, "Circle cannot be asked now; try again"));
    }

    /** Empty where a field is missing or a status is not in the documentation. */
    static Optional<Recipient> recipient(Object data) {
        if (!(data instanceof JsonObject row) || !(row.getValue("id") instanceof String id)) return Optional.empty();
        State state = STATES.get(String.valueOf(row.getValue("status")));
        if (state == null) return Optional.empty();
        return Optional.of(new Recipient(id, state, note(state)));
    }

    private static String note(State state) {
        return switch (state) {
            case PENDING -> "Circle lets a day pass before it sends to a new address";
            case DENIED -> "Circle has refused the address";
            case INACTIVE -> "Circle has shut the address off";
            case ACTIVE -> "";
        };
    }
}
