package dev.tributary.payout.method;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where affiliates are paid: chosen, confirmed, told to a provider, blocked and forgotten. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class PayoutMethodDatabaseTest {
    private static final String METHODS = "/api/affiliate/payout-methods";

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    PayoutMethods doors;

    @Inject
    MethodNotices notices;

    @Inject
    StubRecipients bank;

    @Inject
    CommandLineApplication application;

    private Promoter ann;

    @BeforeEach
    void somebody() {
        ann = Promoter.in(pool, "UTC");
    }

    @AfterEach
    void provider_is_back() {
        bank.away = false;
    }

    @Test
    void a_first_method_is_active_at_once_and_need_not_cool() {
        String account = account();
        ann.asks()
                .body(method(account))
                .post(METHODS)
                .then()
                .statusCode(201)
                .header("Location", containsString(METHODS + "/pmt_"))
                .body("state", equalTo("active"), "hint", equalTo("****" + account.substring(account.length() - 4)))
                .body("rail", equalTo(StubRecipients.RAIL), "currency", equalTo("EUR"), "changedAt", nullValue())
                .body("confirmUntil", nullValue(), "blocked", equalTo(false));

        Way way = way(ann);
        assertThat(way.ready()).isTrue();
        assertThat(way.changedAt()).isEmpty();
        assertThat(way.chosenBy()).isEqualTo(ann.id().toString());
        assertThat(opened(way.methodId())).contains("to:" + account);
    }

    @Test
    void the_account_stands_nowhere_in_the_database() {
        String account = account();
        add(ann, account, Map.of("Idempotency-Key", UUID.randomUUID().toString()))
                .statusCode(201);

        assertThat(tablesWith(account)).isEmpty();
    }

    @Test
    void a_change_waits_for_the_word_that_its_owner_was_sent_and_then_cools() {
        String old = id(add(ann, account()));
        String account = account();
        String next = add(ann, account)
                .body("state", equalTo("pending_confirmation"), "confirmUntil", notNullValue())
                .extract()
                .path("id");
        assertThat(way(ann).methodId()).isEqualTo(uuid(old));
        assertThat(bank.opened).doesNotContainKey(uuid(next));
        assertThat(events(next)).containsExactly("payout_method.confirmation_needed");

        confirm(ann, next, "pmc_AAAAAAAAAAAAAAAAAAAAAA").statusCode(400).body("errors[0].code", equalTo("wrong"));
        confirm(ann, next, token(old).orElse("")).statusCode(400);
        String token = token(next).orElseThrow();
        assertThat(tablesWith(token)).isEmpty();
        confirm(ann, next, token).statusCode(200).body("state", equalTo("active"), "changedAt", notNullValue());

        confirm(ann, next, token).statusCode(409);
        assertThat(token(next)).isEmpty();
        Way way = way(ann);
        assertThat(way.methodId()).isEqualTo(uuid(next));
        assertThat(way.changedAt()).isPresent();
        assertThat(opened(uuid(old))).isEmpty();
        ann.asks().get(METHODS).then().body("data.id", contains(next));
        assertThat(one("SELECT details IS NULL AND destination IS NULL FROM payout_method WHERE id = $1", uuid(old)))
                .isEqualTo(true);
    }

    @Test
    void after_one_was_deleted_the_next_is_no_first_one() {
        String first = id(add(ann, account()));
        ann.asks().delete(METHODS + "/" + first).then().statusCode(204);
        ann.asks().delete(METHODS + "/" + first).then().statusCode(404);

        add(ann, account()).body("state", equalTo("pending_confirmation"));
        assertThat(ways(ann)).isEmpty();
    }

    @Test
    void another_one_that_waits_is_replaced_and_its_word_is_worth_nothing() {
        add(ann, account());
        String one = id(add(ann, account()));
        String word = token(one).orElseThrow();
        String other = id(add(ann, account()));

        confirm(ann, one, word).statusCode(409);
        confirm(ann, other, word).statusCode(400);
    }

    @Test
    void a_word_is_good_for_a_day() {
        add(ann, account());
        String late = id(add(ann, account()));
        String word = token(late).orElseThrow();
        run("UPDATE payout_method SET confirm_until = now() - interval '1 second' WHERE id = $1", uuid(late));

        confirm(ann, late, word).statusCode(409).body("detail", containsString("within a day"));
        assertThat(job("payout-methods").toString()).contains("that nobody confirmed");
        assertThat(state(late)).isEqualTo("removed");
    }

    @Test
    void a_method_that_the_provider_does_not_take_yet_is_asked_about_by_the_job() {
        String account = account();
        bank.says.put(account, Recipient.State.PENDING);
        String id = add(ann, account)
                .body("state", equalTo("pending"), "note", equalTo("Wait"))
                .extract()
                .path("id");
        assertThat(way(ann).ready()).isFalse();

        bank.says.put(account, Recipient.State.ACTIVE);
        assertThat(job("payout-methods").exitCode()).isZero();
        assertThat(state(id)).isEqualTo("pending");
        run("UPDATE payout_method SET checked_at = now() - interval '1 hour' WHERE id = $1", uuid(id));
        assertThat(job("payout-methods", "--dry-run").toString()).contains("would ask about");
        assertThat(state(id)).isEqualTo("pending");
        job("payout-methods");

        assertThat(state(id)).isEqualTo("active");
        assertThat(events(id)).containsOnly("payout_method.changed").hasSize(2);
    }

    @Test
    void what_could_not_be_told_is_told_later_under_the_same_key() {
        bank.away = true;
        String id =
                add(ann, account()).body("state", equalTo("pending")).extract().path("id");
        bank.away = false;
        run("UPDATE payout_method SET checked_at = NULL WHERE id = $1", uuid(id));

        job("payout-methods");

        assertThat(state(id)).isEqualTo("active");
        assertThat(bank.opened.get(uuid(id)).get()).isEqualTo(2);
    }

    @Test
    void what_the_provider_refuses_is_denied_with_its_reason_and_the_next_is_still_a_first_one() {
        add(ann, "refused-" + account()).body("state", equalTo("denied"), "note", equalTo("No such bank"));

        add(ann, account()).body("state", equalTo("active"));
    }

    @Test
    void the_provider_may_take_one_back_and_give_it_free_again() {
        String account = account();
        String id = id(add(ann, account));

        tell(account, Recipient.State.INACTIVE);
        assertThat(state(id)).isEqualTo("inactive");
        assertThat(way(ann).ready()).isFalse();
        tell(account, Recipient.State.ACTIVE);
        tell(account, Recipient.State.ACTIVE);
        assertThat(way(ann).ready()).isTrue();
        tell(account, Recipient.State.DENIED);
        tell(account, Recipient.State.ACTIVE);
        assertThat(state(id)).isEqualTo("denied");
        tell("nobody-has-this-one", Recipient.State.ACTIVE);
    }

    @Test
    void methods_of_others_are_not_there() {
        String id = id(add(ann, account()));
        Promoter bob = Promoter.in(pool, "UTC");

        bob.asks().get(METHODS + "/" + id).then().statusCode(404);
        bob.asks().delete(METHODS + "/" + id).then().statusCode(404);
        confirm(bob, id, "pmc_x").statusCode(404);
        bob.asks().body(pages()).post(METHODS + "/" + id + "/onboarding").then().statusCode(404);
        staff("admin")
                .body(Map.of("reason", "x"))
                .post(admin(bob) + "/" + id + "/block")
                .then()
                .statusCode(404);
    }

    @Test
    void a_blocked_destination_is_paid_by_nobody_and_let_in_by_no_other_door() {
        String account = account();
        String id = id(add(ann, account));
        staff("support")
                .body(Map.of("reason", "x"))
                .post(admin(ann) + "/" + id + "/block")
                .then()
                .statusCode(403);
        staff("finance")
                .body(Map.of("reason", "Stolen"))
                .post(admin(ann) + "/" + id + "/block")
                .then()
                .statusCode(200)
                .body("blockReason", equalTo("Stolen"), "state", equalTo("active"));
        assertThat(way(ann).ready()).isFalse();
        assertThat(opened(uuid(id))).isEmpty();

        add(Promoter.in(pool, "UTC"), account)
                .body("state", equalTo("denied"), "note", equalTo("This destination is blocked"));
        staff("finance")
                .body(Map.of("reason", "x"))
                .post(admin(ann) + "/" + id + "/block")
                .then()
                .statusCode(409);
        staff("finance")
                .body(Map.of("reason", "Found"))
                .post(admin(ann) + "/" + id + "/unblock")
                .then()
                .statusCode(200);
        assertThat(way(ann).ready()).isTrue();
    }

    @Test
    void staff_see_hints_and_twins_and_may_vouch_which_is_on_record() {
        String account = account();
        id(add(ann, account));
        add(Promoter.in(pool, "UTC"), account).body("state", equalTo("active"));
        String next = id(add(ann, account()));
        staff("support")
                .get(admin(ann))
                .then()
                .statusCode(200)
                .body("data[1].otherAffiliates", equalTo(1), "data[0].otherAffiliates", equalTo(0))
                .body("data[0].chosenBy", equalTo(ann.id().toString()))
                .body(not(containsString(account)));

        staff("admin")
                .body(Map.of("reason", "Called back"))
                .post(admin(ann) + "/" + next + "/confirm")
                .then()
                .statusCode(200);
        assertThat(way(ann).methodId()).isEqualTo(uuid(next));
        assertThat(way(ann).chosenBy()).isEqualTo("tester");
        assertThat((String) one(
                        "SELECT before ->> 'reason' FROM audit_entry WHERE object_id = $1 AND action = 'payout_method.confirm'",
                        uuid(next)))
                .isEqualTo("Called back");
    }

    @Test
    void a_provider_that_asks_for_more_has_a_page() {
        String account = account();
        bank.says.put(account, Recipient.State.PENDING);
        String id = id(add(ann, account));

        ann.asks()
                .body(pages())
                .post(METHODS + "/" + id + "/onboarding")
                .then()
                .statusCode(200)
                .body("url", equalTo("https://bank.example/" + account));
        ann.asks()
                .body(Map.of("returnUrl", "http://x.example/", "refreshUrl", "javascript:alert(1)"))
                .post(METHODS + "/" + id + "/onboarding")
                .then()
                .statusCode(400)
                .body("errors.field", contains("returnUrl", "refreshUrl"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"rail\": \"nowhere\", \"details\": {}}",
                "{\"rail\": \"stub_bank\"}",
                "{\"rail\": \"stub_bank\", \"details\": {\"account\": \"x\"}}",
                "{\"rail\": \"stub_bank\", \"details\": {\"account\": \"good-account\"}, \"state\": \"active\"}",
                "{\"rail\": \"stub_bank\", \"details\": 5}",
                "[]"
            })
    void what_is_no_method_is_refused(String body) {
        ann.asks().body(body).post(METHODS).then().statusCode(400).contentType("application/problem+json");
        ann.asks().get(METHODS).then().body("data", equalTo(List.of()));
    }

    @Test
    void there_are_at_most_ten_new_ones_in_a_month_and_none_for_who_may_not_act() {
        for (int i = 0; i < 10; i++) add(ann, account()).statusCode(201);
        add(ann, account()).statusCode(409);

        Promoter bob = Promoter.in(pool, "UTC");
        run("UPDATE affiliate SET status = 'suspended' WHERE id = $1", bob.id());
        add(bob, account()).statusCode(403);
    }

    @Test
    void the_same_request_again_makes_no_second_one() {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        String account = account();
        String id = id(add(ann, account, key));

        assertThat(id(add(ann, account, key))).isEqualTo(id);
        add(ann, account(), key).statusCode(422);
        assertThat(ways(ann)).containsOnlyKeys(ann.id());
    }

    @Test
    void an_erased_person_leaves_no_account_behind() {
        String id = id(add(ann, account()));
        given().auth()
                .oauth2(Tokens.as(ann.id().toString(), "affiliate"))
                .get("/api/affiliate/personal-data")
                .then()
                .body("findAll { it.kind == 'payoutMethods' }.data.id", hasItem(id));
        staff("admin")
                .body(Map.of("reason", "Asked for"))
                .post("/api/admin/affiliates/" + TypeId.AFFILIATE.format(ann.id()) + "/erasure")
                .then()
                .statusCode(200);

        assertThat((Boolean) one(
                        "SELECT details IS NULL AND destination IS NULL AND destination_hash IS NULL AND hint = ''"
                                + " AND chosen_by = 'erased' FROM payout_method WHERE id = $1",
                        uuid(id)))
                .isTrue();
    }

    @Test
    void a_run_asks_for_many_at_once() {
        List<UUID> affiliates = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Promoter each = Promoter.in(pool, "UTC");
            affiliates.add(each.id());
            if (i < 4) add(each, account(), Map.of(), i == 3 ? "USD" : "EUR");
        }

        Map<UUID, Way> ways = await(transactions.read(c -> doors.of(c, affiliates, "EUR")));
        assertThat(ways).hasSize(4).doesNotContainKey(affiliates.get(4));
        assertThat(ways.get(affiliates.get(3)).currency()).isEqualTo("USD");
        List<UUID> ids = ways.values().stream().map(Way::methodId).toList();
        assertThat(allOpened(ids)).hasSize(4);
    }

    @Test
    void after_a_change_of_the_master_key_all_is_wrapped_anew() {
        String account = account();
        String id = id(add(ann, account));
        run("UPDATE payout_method SET key_id = '00000000' WHERE id = $1", uuid(id));

        assertThat(job("rewrap").toString())
                .contains("payout methods: 1 wrapped anew", "tax forms: 0", "shared keys: 0");
        assertThat(opened(uuid(id))).contains("to:" + account);
        assertThat(job("rewrap").toString()).contains("payout methods: 0 wrapped anew");
    }

    private static String account() {
        return "acc-" + UUID.randomUUID();
    }

    private static Map<String, Object> method(String account) {
        return Map.of("rail", StubRecipients.RAIL, "details", Map.of("account", account));
    }

    private static Map<String, String> pages() {
        return Map.of("returnUrl", "https://x.example/done", "refreshUrl", "https://x.example/again");
    }

    private static ValidatableResponse add(Promoter who, String account) {
        return add(who, account, Map.of());
    }

    private static ValidatableResponse add(Promoter who, String account, Map<String, String> headers) {
        return add(who, account, headers, "EUR");
    }

    private static ValidatableResponse add(Promoter who, String account, Map<String, String> headers, String currency) {
        return who.asks()
                .headers(headers)
                .body(Map.of("rail", StubRecipients.RAIL, "details", Map.of("account", account, "currency", currency)))
                .post(METHODS)
                .then();
    }

    private static String id(ValidatableResponse answer) {
        return answer.statusCode(201).extract().path("id");
    }

    private static ValidatableResponse confirm(Promoter who, String id, String token) {
        return who.asks()
                .body(Map.of("token", token.isEmpty() ? "none" : token))
                .post(METHODS + "/" + id + "/confirm")
                .then();
    }

    private static RequestSpecification staff(String role) {
        return given().auth().oauth2(Tokens.of(role)).accept("application/json").contentType("application/json");
    }

    private static String admin(Promoter who) {
        return "/api/admin/affiliates/" + TypeId.AFFILIATE.format(who.id()) + "/payout-methods";
    }

    private static UUID uuid(String id) {
        return TypeId.PAYOUT_METHOD.parse(id).orElseThrow();
    }

    private Optional<String> token(String id) {
        return await(transactions.read(c -> doors.confirmation(c, uuid(id))));
    }

    private Map<UUID, Way> ways(Promoter who) {
        return await(transactions.read(c -> doors.of(c, List.of(who.id()), "EUR")));
    }

    private Way way(Promoter who) {
        return ways(who).get(who.id());
    }

    private void tell(String account, Recipient.State state) {
        await(transactions.run(
                tx -> notices.changed(tx, StubRecipients.RAIL, new Recipient("to:" + account, state, ""))));
    }

    private Typed job(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "job";
        System.arraycopy(words, 0, all, 1, words.length);
        return Typed.run(application, all);
    }

    private String state(String id) {
        return (String) one("SELECT state FROM payout_method WHERE id = $1", uuid(id));
    }

    private List<String> events(String id) {
        List<String> types = new ArrayList<>();
        for (Row row : await(pool.preparedQuery("SELECT type FROM outbox_event WHERE aggregate_id = $1 ORDER BY id")
                .execute(Tuple.of(uuid(id))))) types.add(row.getString("type"));
        return types;
    }

    private Object one(String sql, UUID id) {
        return await(pool.preparedQuery(sql).execute(Tuple.of(id)))
                .iterator()
                .next()
                .getValue(0);
    }

    private void run(String sql, UUID id) {
        await(pool.preparedQuery(sql).execute(Tuple.of(id)));
    }

    private List<String> tablesWith(String text) {
        List<String> found = new ArrayList<>();
        for (Row row : await(pool.query("SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
                .execute())) {
            String table = row.getString(0);
            boolean holds = await(pool.preparedQuery("SELECT EXISTS (SELECT FROM \"" + table
                                    + "\" t WHERE position($1 IN t::text) > 0 OR position($2 IN t::text) > 0)")
                            .execute(Tuple.of(text, hex(text))))
                    .iterator()
                    .next()
                    .getBoolean(0);
            if (holds) found.add(table);
        }
        return found;
    }

    /** As bytes are shown. */
    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> opened(UUID method) {
        return await(transactions.read(c -> doors.open(c, method)));
    }

    private Map<UUID, String> allOpened(Collection<UUID> methods) {
        return await(transactions.read(c -> doors.open(c, methods)));
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(10));
    }
}
