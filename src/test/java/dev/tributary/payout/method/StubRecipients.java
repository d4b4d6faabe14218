package dev.tributary.payout.method;

import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipients;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider of payees in memory, which says of each account what the test wants it to. */
@Singleton
class StubRecipients implements Recipients {
    static final String RAIL = "stub_bank";

    /** By account; active unless said otherwise. */
    final Map<String, Recipient.State> says = new ConcurrentHashMap<>();
    /** How often each key came with an account that was not known yet. */
    final Map<UUID, AtomicInteger> opened = new ConcurrentHashMap<>();

    volatile boolean away;

    @Override
    public String rail() {
        return RAIL;
    }

    @Override
    public boolean configured() {
        return true;
    }

    @Override
    public Details read(JsonObject fields) {
        String account = fields.getString("account", "");
        if (!account.matches("[a-z0-9-]{4,60}"))
            throw Problem.field("details.account", "malformed", "account is short");
        return new Details(
                fields.getString("currency", "EUR"),
                "****" + account.substring(account.length() - 4),
                new JsonObject().put("account", account));
    }

    @Override
    public Uni<Recipient> open(Details details, UUID key) {
        opened.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
        String account = details.fields().getString("account");
        if (account.startsWith("refused"))
            return Uni.createFrom().failure(new Problem(ProblemKind.UNPROCESSABLE, "No such bank"));
        return check("to:" + account);
    }

    @Override
    public Uni<Recipient> check(String destination) {
        if (away) return Uni.createFrom().failure(new Problem(ProblemKind.UNAVAILABLE, "away"));
        Recipient.State state = says.getOrDefault(destination.substring(3), Recipient.State.ACTIVE);
        return Uni.createFrom().item(new Recipient(destination, state, state == Recipient.State.ACTIVE ? "" : "Wait"));
    }

    @Override
    public Uni<Onboarding> onboard(String destination, URI returnUrl, URI refreshUrl) {
        return Uni.createFrom()
                .item(new Onboarding(
                        URI.create("https://bank.example/" + destination.substring(3)),
                        Instant.parse("2030-01-01T00:00:00Z")));
    }
}
