package dev.tributary;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.access.ApiKeys;
import dev.tributary.access.KeyOwner;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Purse;
import dev.tributary.ledger.Source;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Months of one affiliate's business, told through the doors that merchants, Stripe and affiliates use, on a clock that moves
 * from event to event. The program is in New York, where March 2026 has a day of 23 hours.
 */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class MonthsDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final UUID RAIL = UUID.fromString("00000000-0000-7000-8000-00000000000c");
    private static final Pattern CLICK_ID = Pattern.compile("click_id=(clk_[0-9a-z]{26})");
    private static final String SECRET = "whsec_of-the-shop-in-New-York";

    @Inject
    MovedClock clock;

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    ApiKeys keys;

    @Inject
    Ledger ledger;

    @Inject
    CommandLineApplication application;

    private Promoter ada;
    private String key;
    private int told;

    @BeforeEach
    void a_program_in_new_york() {
        clock.at("2026-02-10T12:00:00Z");
        ada = Promoter.in(pool, "America/New_York");
        key = transactions
                .run(tx -> keys.issue(tx, KeyOwner.PROGRAM, ada.id(), "shop", Set.of("track:write")))
                .await()
                .atMost(ANSWER)
                .secret();
        given().auth()
                .oauth2(Tokens.as("ann", "admin"))
                .contentType("application/json")
                .body(new JsonObject().put("secret", SECRET).encode())
                .post("/api/admin/programs/" + ada.programId() + "/stripe-secrets")
                .then()
                .statusCode(201);
    }

    @Test
    void three_months_from_the_click_to_a_refund_after_the_payout() {
        february();
        march();
        april();

        clock.at("2026-05-01T04:05:00Z");
        JsonPath february = month("2026-02", held(0, 0), held(400, 0));
        assertThat(moved(february)).containsEntry("earn", 500).containsEntry("reverse", -100);
        JsonPath march = month("2026-03", held(400, 0), held(600, 400));
        assertThat(march.getString("from")).isEqualTo("2026-03-01T05:00:00Z");
        assertThat(march.getString("to")).isEqualTo("2026-04-01T04:00:00Z");
        assertThat(moved(march))
                .containsEntry("earn", 1_000)
                .containsEntry("reverse", -400)
                .containsEntry("release", 0);
        JsonPath april = month("2026-04", held(600, 400), held(350, 400));
        assertThat(moved(april))
                .containsEntry("earn", 300)
                .containsEntry("reverse", -150)
                .containsEntry("reserve", 0)
                .containsEntry("paid", -400);
        ada.asks()
                .get("/api/affiliate/statements")
                .then()
                .body("data.month", equalTo(List.of("2026-05", "2026-04", "2026-03", "2026-02")))
                .body("data.closed", equalTo(List.of(false, true, true, true)));
        Typed checked = Typed.run(application, "job", "check-books");
        assertThat(checked.exitCode()).as(checked.toString()).isZero();
    }

    /** A click, a lead, a trial, the first invoice; part of it goes back in New York's last half hour of the month. */
    private void february() {
        UUID click = click();
        clock.by(Duration.ofMinutes(5));
        tell("lead", new JsonObject().put("customerExternalId", "kim").put("clickId", TypeId.CLICK.format(click)))
                .statusCode(201)
                .body("status", equalTo("accepted"));
        stripe("checkout.session.completed", checkout(click));
        stripe("invoice.paid", invoice("in-trial", 0, "subscription_create"))
                .body("state", equalTo("ignored"), "note", containsString("trial"));
        assertThat(balance()).isEqualTo("none");

        clock.at("2026-02-24T12:00:00Z");
        stripe("invoice.paid", invoice("in1", 5_000, "subscription_cycle")).body("note", containsString("is accepted"));
        stripe("invoice_payment.paid", payment("in1", "pi1"));
        assertThat(balance()).isEqualTo("500 0");

        clock.at("2026-03-01T04:30:00Z");
        stripe("charge.refunded", refunded("pi1", 0, 1_000)).body("state", equalTo("done"));
        assertThat(balance()).isEqualTo("400 0");
    }

    /** A dispute comes and is won, the second month is paid, the hold of the first ends; the last sale is in March by 500 ms. */
    private void march() {
        clock.at("2026-03-03T09:00:00Z");
        stripe("charge.dispute.created", dispute("needs_response")).body("state", equalTo("done"));
        assertThat(balance()).isEqualTo("0 0");
        clock.at("2026-03-10T09:00:00Z");
        stripe("charge.dispute.closed", dispute("won")).body("state", equalTo("done"));
        assertThat(balance()).isEqualTo("400 0");

        clock.at("2026-03-24T12:00:00Z");
        stripe("invoice.paid", invoice("in2", 5_000, "subscription_cycle"));
        assertThat(balance()).isEqualTo("900 0");

        clock.at("2026-03-26T11:59:59.999Z");
        release();
        assertThat(balance()).isEqualTo("900 0");
        clock.at("2026-03-26T12:00:00Z");
        release();
        assertThat(balance()).isEqualTo("500 400");

        clock.at("2026-04-01T03:59:59.500Z");
        sale("march", 1_000);
        assertThat(balance()).isEqualTo("600 400");
    }

    /** A payout, a refund after it, a refund told an hour before its sale, and the hold of the second month. */
    private void april() {
        clock.at("2026-04-01T04:00:00Z");
        sale("april", 1_000);
        assertThat(balance()).isEqualTo("700 400");

        clock.at("2026-04-02T12:00:00Z");
        pay(400);
        assertThat(balance()).isEqualTo("700 0");
        clock.at("2026-04-05T12:00:00Z");
        stripe("charge.refunded", refunded("pi1", 1_000, 2_000)).body("state", equalTo("done"));
        assertThat(balance()).isEqualTo("700 -100");

        clock.at("2026-04-10T12:00:00Z");
        tell(
                        "refund",
                        new JsonObject()
                                .put("externalId", "back")
                                .put("saleExternalId", "late")
                                .put("amount", eur(500)))
                .statusCode(201);
        assertThat(balance()).isEqualTo("700 -100");
        clock.by(Duration.ofHours(1));
        sale("late", 2_000);
        assertThat(balance()).isEqualTo("850 -100");

        clock.at("2026-04-23T12:00:00Z");
        release();
        assertThat(balance()).isEqualTo("350 400");
    }

    /** A statement whose movements lead from its opening to its closing. */
    private JsonPath month(String month, Map<String, Integer> opening, Map<String, Integer> closing) {
        JsonPath statement = ada.asks()
                .get("/api/affiliate/statements/" + month)
                .then()
                .statusCode(200)
                .body("closed", equalTo(true), "currencies.size()", equalTo(1), "truncated", equalTo(false))
                .extract()
                .jsonPath();
        for (String account : List.of("pending", "available", "inTransit", "total")) {
            int moved = sum(statement.getList("currencies[0].movements.change." + account, Integer.class));
            int entries = sum(statement.getList("entries.change." + account, Integer.class));
            int before = statement.getInt("currencies[0].opening." + account);
            int after = statement.getInt("currencies[0].closing." + account);
            assertThat(before + moved).as("%s %s", month, account).isEqualTo(after);
            assertThat(entries).as("%s %s by entries", month, account).isEqualTo(moved);
        }
        assertThat(statement.getMap("currencies[0].opening"))
                .as(month + " opening")
                .isEqualTo(opening);
        assertThat(statement.getMap("currencies[0].closing"))
                .as(month + " closing")
                .isEqualTo(closing);
        return statement;
    }

    private static int sum(List<Integer> amounts) {
        return amounts.stream().mapToInt(Integer::intValue).sum();
    }

    /** What entries of each kind changed in all. */
    private static Map<String, Integer> moved(JsonPath statement) {
        return statement.<Map<String, Object>>getList("currencies[0].movements").stream()
                .collect(java.util.stream.Collectors.toMap(each -> (String) each.get("kind"), each ->
                        (Integer) ((Map<?, ?>) each.get("change")).get("total")));
    }

    private static Map<String, Integer> held(int pending, int available) {
        return Map.of("pending", pending, "available", available, "inTransit", 0, "total", pending + available);
    }

    /** A visit through the affiliate's link, once it has landed. */
    private UUID click() {
        String location = given().redirects()
                .follow(false)
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0")
                .get("/r/" + ada.code())
                .then()
                .statusCode(302)
                .extract()
                .header("Location");
        Matcher found = CLICK_ID.matcher(location);
        assertThat(found.find()).as(location).isTrue();
        UUID click = TypeId.CLICK.parse(found.group(1)).orElseThrow();
        long deadline = System.nanoTime() + ANSWER.toNanos();
        while (rows("SELECT 1 FROM click WHERE id = $1", click) == 0 && System.nanoTime() < deadline)
            Thread.onSpinWait();
        assertThat(rows("SELECT 1 FROM click WHERE id = $1", click))
                .as("landed")
                .isOne();
        return click;
    }

    private int rows(String sql, Object... arguments) {
        return pool.preparedQuery(sql)
                .execute(Tuple.from(arguments))
                .await()
                .atMost(ANSWER)
                .size();
    }

    private void sale(String order, long amount) {
        tell(
                        "sale",
                        new JsonObject()
                                .put("externalId", order)
                                .put("customerExternalId", "kim")
                                .put("amount", eur(amount)))
                .statusCode(201)
                .body("status", equalTo("accepted"));
    }

    private static JsonObject eur(long amount) {
        return new JsonObject().put("amount", amount).put("currency", "EUR");
    }

    private ValidatableResponse tell(String what, JsonObject body) {
        return given().header("Authorization", "Bearer " + key)
                .contentType("application/json")
                .body(body.encode())
                .post("/api/track/" + what)
                .then();
    }

    private static JsonObject checkout(UUID click) {
        return new JsonObject()
                .put("id", "cs1")
                .put("mode", "subscription")
                .put("payment_status", "no_payment_required")
                .put("customer", "cus1")
                .put("amount_total", 0)
                .put("currency", "eur")
                .put("client_reference_id", TypeId.CLICK.format(click))
                .put("metadata", new JsonObject().put("customer_external_id", "kim"));
    }

    private static JsonObject invoice(String id, long amount, String reason) {
        JsonObject line =
                new JsonObject().put("amount", amount).put("currency", "eur").put("quantity", 1);
        return new JsonObject()
                .put("id", id)
                .put("customer", "cus1")
                .put("amount_paid", amount)
                .put("currency", "eur")
                .put("billing_reason", reason)
                .put("lines", new JsonObject().put("data", new JsonArray().add(line)));
    }

    private static JsonObject payment(String invoice, String intent) {
        JsonObject payment = new JsonObject().put("type", "payment_intent").put("payment_intent", intent);
        return new JsonObject().put("id", "inpay1").put("invoice", invoice).put("payment", payment);
    }

    private static JsonObject refunded(String intent, long before, long after) {
        return new JsonObject()
                .put("id", "ch1")
                .put("payment_intent", intent)
                .put("amount_refunded", after)
                .put("before", before)
                .put("currency", "eur");
    }

    private static JsonObject dispute(String status) {
        return new JsonObject()
                .put("id", "dp1")
                .put("payment_intent", "pi1")
                .put("amount", 4_000)
                .put("currency", "eur")
                .put("status", status);
    }

    /** Signed and delivered at this moment. */
    private ValidatableResponse stripe(String type, JsonObject object) {
        JsonObject data = new JsonObject().put("object", object);
        if (object.containsKey("before"))
            data.put("previous_attributes", new JsonObject().put("amount_refunded", object.getLong("before")));
        String body = new JsonObject()
                .put("id", "evt_" + told++)
                .put("type", type)
                .put("created", clock.instant().getEpochSecond())
                .put("livemode", true)
                .put("data", data)
                .encode();
        return given().contentType("application/json")
                .header("Stripe-Signature", signature(body))
                .body(body)
                .post("/webhooks/stripe/" + ada.programId())
                .then()
                .statusCode(200);
    }

    private String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            long seconds = clock.instant().getEpochSecond();
            byte[] signed = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=%d,v1=%s".formatted(seconds, HexFormat.of().formatHex(signed));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void release() {
        assertThat(Typed.run(application, "job", "release-holds").exitCode()).isZero();
    }

    /** A payout of all that is available, as the books know one. */
    private void pay(long amount) {
        Purse purse = new Purse(ada.id(), ada.id(), "EUR");
        Source payout = new Source("payout", UUID.randomUUID());
        transactions
                .run(tx -> ledger.post(
                        tx,
                        List.of(
                                Entry.reserve(payout, purse, amount, clock.instant(), ""),
                                Entry.paid(payout, purse, RAIL, amount, clock.instant(), ""))))
                .await()
                .atMost(ANSWER);
        rows(
                "UPDATE commission SET status = 'paid', paid_at = $2 WHERE affiliate_id = $1 AND status = 'approved'",
                ada.id(),
                clock.instant().atOffset(java.time.ZoneOffset.UTC));
    }

    /** Pending and available, with all booked that is due. */
    private String balance() {
        Typed booked = Typed.run(application, "job", "commissions");
        assertThat(booked.exitCode()).as(booked.toString()).isZero();
        var found = pool.preparedQuery("SELECT pending, available FROM ledger_balance WHERE enrollment_id = $1")
                .execute(Tuple.of(ada.id()))
                .await()
                .atMost(ANSWER)
                .iterator();
        if (!found.hasNext()) return "none";
        var row = found.next();
        return row.getLong("pending") + " " + row.getLong("available");
    }
}
