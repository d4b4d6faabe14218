package dev.tributary.payout.rail.payman;

import dev.tributary.payout.rail.DetailFields;
import dev.tributary.payout.rail.HttpSender.Told;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipient.State;
import dev.tributary.payout.rail.Recipients;
import dev.tributary.payout.rail.circle.UsdcAddress;
import dev.tributary.payout.rail.manual.BankAccount;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Payman's payees: a US bank account or an address for USDC. It knows no keys, so a payee is named after ours and looked for
 * under that name before one is made.
 */
@ApplicationScoped
class PaymanRecipients implements Recipients {
    private static final String SEARCH = "/payments/search-payees?name=";

    private final PaymanApi payman;

    PaymanRecipients(PaymanApi payman) {
        this.payman = payman;
    }

    private enum Kind {
        US_ACH,
        USDC
    }

    @Override
    public String rail() {
        return PaymanRail.NAME;
    }

    @Override
    public boolean configured() {
        return payman.configured();
    }

    /** {@code kind} us_ach with a bank account, or usdc with {@code chain} and {@code address}; {@code currency} is USD. */
    @Override
    public Details read(JsonObject sent) {
        DetailFields fields = new DetailFields(sent);
        Kind kind = fields.oneOf("kind", Kind.values());
        String currency = fields.dollars();
        if (kind == Kind.US_ACH) {
            BankAccount account = BankAccount.read(fields);
            fields.done();
            return new Details(
                    currency,
                    account.hint(),
                    account.json().put("kind", "us_ach").put("currency", currency));
        }
        UsdcAddress.Chain chain = fields.oneOf("chain", UsdcAddress.Chain.values());
        String address = fields.text("address", "[0-9A-Za-z]{20,64}", "details.address is an address on that chain");
        boolean sound = address.isEmpty() || UsdcAddress.isValid(chain, address);
        fields.check(sound, "address", "invalid", "This is no address on that chain: its length or checksum is wrong");
        fields.done();
        JsonObject settled = new JsonObject()
                .put("kind", "usdc")
                .put("chain", chain.name())
                .put("address", address)
                .put("currency", currency);
        return new Details(currency, "USDC " + chain + " " + new UsdcAddress(chain, address).redacted(), settled);
    }

    @Override
    public Uni<Recipient> open(Details details, UUID key) {
        String name = "tributary " + key;
        return payman.http()
                .ask(payman.to(HttpMethod.GET, SEARCH + name.replace(" ", "%20")), "")
                .map(told -> found(told, name))
                .chain(known ->
                        known.isPresent() ? Uni.createFrom().item(known.get()) : create(payee(details.fields(), name)));
    }

    private Uni<Recipient> create(JsonObject payee) {
        return payman.http()
                .ask(payman.to(HttpMethod.POST, "/payments/payees"), payee.encode())
                .map(PaymanRecipients::made);
    }

    /** The payee of exactly that name; one that is overlooked is made twice, which moves no money. */
    private static Optional<Recipient> found(Told told, String name) {
        if (told.status() != 200) throw away();
        JsonObject body = told.body().orElseGet(JsonObject::new);
        Object list =
                body.getValue("data") instanceof JsonObject page ? page.getValue("results") : body.getValue("results");
        if (list instanceof JsonArray payees)
            for (Object each : payees)
                if (each instanceof JsonObject payee && name.equals(payee.getValue("name"))) return recipient(payee);
        return Optional.empty();
    }

    private static JsonObject payee(JsonObject fields, String name) {
        if (fields.getString("kind").equals("usdc"))
            return new JsonObject()
                    .put("type", "CRYPTO_ADDRESS")
                    .put("name", name)
                    .put("address", fields.getString("address"))
                    .put("chain", fields.getString("chain"))
                    .put("currency", "USDC");
        return new JsonObject()
                .put("type", "US_ACH")
                .put("name", name)
                .put("accountHolderName", fields.getString("accountHolderName"))
                .put("accountHolderType", fields.getString("accountHolderType"))
                .put("accountNumber", fields.getString("accountNumber"))
                .put("routingNumber", fields.getString("routingNumber"))
                .put("accountType", fields.getString("accountType"));
    }

    private static Recipient made(Told told) {
        if (told.status() == 400
                && told.body().map(body -> body.getValue("errorCode")).isPresent())
            throw Problem.value("details", "refused", "Payman does not take this payee");
        return told.good()
                .map(body -> body.getValue("data") instanceof JsonObject data ? data : body)
                .flatMap(PaymanRecipients::recipient)
                .orElseThrow(PaymanRecipients::away);
    }

    /** A payee without a status is one that can be paid. */
    private static Optional<Recipient> recipient(JsonObject payee) {
        if (!(payee.getValue("id") instanceof String id) || id.isBlank()) return Optional.empty();
        boolean gone = payee.getValue("status") instanceof String status && !status.equals("ACTIVE");
        return Optional.of(
                new Recipient(id, gone ? State.INACTIVE : State.ACTIVE, gone ? "Payman has shut it off" : ""));
    }

    private static Problem away() {
        return new Problem(ProblemKind.UNAVAILABLE, "Payman cannot be asked now; try again");
    }

    /** Payman cannot be asked about one payee, only for those of a name: it is as it was when it was made. */
    @Override
    public Uni<Recipient> check(String destination) {
        return Uni.createFrom().item(new Recipient(destination, State.ACTIVE, ""));
    }
}
