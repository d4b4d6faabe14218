package dev.tributary.payout.rail.stripe;

import dev.tributary.payout.rail.Provider;
import dev.tributary.stripe.StripeBank;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Stripe as far as payouts need it: the key {@code sk_test_stub}, a balance without end unless told, accounts and transfers. */
public final class StripeProvider implements Provider {
    private static final long PLENTY = 1_000_000_000_000L;

    private final StripeBank bank = new StripeBank();

    public StripeProvider() {
        bank.deposit(PLENTY);
    }

    /** For what people do in Stripe's own pages. */
    public StripeBank bank() {
        return bank;
    }

    @Override
    public Said answer(Asked asked) {
        return ask(asked, false);
    }

    @Override
    public Said doneAndBroken(Asked asked) {
        return ask(asked, true);
    }

    private Said ask(Asked asked, boolean broken) {
        Map<String, String> headers = new HashMap<>();
        for (String name : List.of("Authorization", "Idempotency-Key")) {
            String value = asked.header().apply(name);
            if (value != null) headers.put(name, value);
        }
        String form = asked.method().equals("GET") ? asked.query() : asked.body();
        return said(bank.ask(headers, asked.method(), asked.path(), form, broken));
    }

    private static Said said(StripeBank.Told told) {
        return new Said(told.status(), told.headers(), told.body());
    }

    @Override
    public boolean moves(Asked asked) {
        return asked.method().equals("POST") && asked.path().equals("/v1/transfers");
    }

    @Override
    public String key(Asked asked) {
        String key = asked.header().apply("Idempotency-Key");
        return key == null ? "" : key;
    }

    @Override
    public Optional<Said> busy() {
        return Optional.of(said(StripeBank.busy()));
    }

    @Override
    public void forgetKeys() {
        bank.pruneKeys();
    }

    @Override
    public List<Moved> moved() {
        return bank.transfers().stream().map(StripeProvider::moved).toList();
    }

    private static Moved moved(JsonObject transfer) {
        return new Moved(
                transfer.getString("id"),
                transfer.getString("transfer_group", ""),
                "complete",
                transfer.getLong("amount"),
                transfer.getLong("amount_reversed"));
    }

    @Override
    public void giveBack(String transfer, long minor) {
        bank.reverse(transfer, minor);
    }

    @Override
    public void funds(long minor) {
        bank.balance(minor);
    }

    @Override
    public void payee(String destination) {
        bank.account(destination);
    }

    @Override
    public void tell(Consumer<JsonObject> events) {
        bank.events(events);
    }

    @Override
    public Map<String, String> sign(String event, String secret) {
        return Map.of("Stripe-Signature", StripeBank.signature(event, secret));
    }
}
