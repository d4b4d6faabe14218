package dev.tributary.payout.rail.manual;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.Tokens;
import dev.tributary.crypto.Wrapped;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.payout.rail.Deadline;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Order;
import dev.tributary.payout.rail.Rails;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Files as staff make, download, settle and withdraw them, and what comes back. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class PayoutFilesDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FILES = "/api/admin/payout-files";
    private static final String ENTRIES = "/api/admin/payout-file-entries";

    @Inject
    Rails rails;

    @Inject
    FileEntryRepository entries;

    @Inject
    WrappedFiles wrappedFiles;

    @Inject
    WrappedEntries wrappedEntries;

    @Inject
    Transactions transactions;

    @Test
    void what_waits_leaves_in_one_file_whose_bytes_are_the_same_for_ever() {
        List<UUID> payouts = gather(3, "USD", ManualRailDatabaseTest.DESTINATION);
        String file = made("nacha", "USD");
        String content = content(file);

        assertThat(content.lines()).allMatch(line -> line.length() == 94);
        assertThat(references(payouts)).allMatch(content::contains);
        assertThat(content(file)).isEqualTo(content);
        post(FILES, Map.of("kind", "nacha")).then().statusCode(422);
        String sha = get(FILES + "/" + file).extract().path("sha256");
        assertThat(sha).matches("[0-9a-f]{64}");
    }

    @Test
    void numbers_of_entries_rise_from_file_to_file_and_files_of_a_day_are_told_apart() {
        gather(2, "USD", ManualRailDatabaseTest.DESTINATION);
        String first = made("nacha", "USD");
        gather(2, "USD", ManualRailDatabaseTest.DESTINATION);
        String second = made("nacha", "USD");

        assertThat(content(first).charAt(33)).isLessThan(content(second).charAt(33));
        List<String> traces = new ArrayList<>(traces(first));
        traces.addAll(traces(second));
        assertThat(traces).doesNotHaveDuplicates();
    }

    @Test
    void two_who_make_a_file_at_once_share_no_payout() {
        gather(4, "SEK", other("SEK"));
        CompletableFuture<Response> other =
                CompletableFuture.supplyAsync(() -> post(FILES, Map.of("kind", "csv", "currency", "SEK")));
        Response mine = post(FILES, Map.of("kind", "csv", "currency", "SEK"));

        assertThat(List.of(mine.statusCode(), other.join().statusCode())).containsExactlyInAnyOrder(201, 422);
        Response good = mine.statusCode() == 201 ? mine : other.join();
        assertThat(good.jsonPath().getInt("entries")).isEqualTo(4);
        assertThat(good.jsonPath().getLong("total.amount")).isEqualTo(4 * 740);
    }

    @Test
    void a_settled_file_has_paid_and_what_the_bank_returns_comes_back_once() {
        List<UUID> payouts = gather(2, "USD", ManualRailDatabaseTest.DESTINATION);
        String file = made("nacha", "USD");
        assertThat(told(payouts.get(0)).status()).isEqualTo(Transfer.Status.PENDING);
        post(FILES + "/" + file + "/settle", Map.of()).then().statusCode(200);
        post(FILES + "/" + file + "/settle", Map.of()).then().statusCode(200);
        assertThat(told(payouts.get(0)).outMinor()).isEqualTo(740);

        String back = new BankReturns()
                .and(trace(payouts.get(0)), "R03", 740)
                .and(trace(payouts.get(1)), "R03", 741)
                .and("999999999999999", "R02", 5)
                .text();
        ValidatableResponse report = returns(back).statusCode(200);
        assertThat(report.extract().jsonPath().getInt("returned")).isEqualTo(1);
        assertThat(report.extract().jsonPath().getList("unmatched.reason"))
                .containsExactly("other_amount", "unknown_trace");
        assertThat(told(payouts.get(0)).outMinor()).isZero();
        assertThat(told(payouts.get(0)).status()).isEqualTo(Transfer.Status.DONE);
        assertThat(told(payouts.get(1)).outMinor()).isEqualTo(740);
        assertThat(returns(back).extract().jsonPath().getInt("repeated")).isEqualTo(1);
    }

    @Test
    void what_comes_back_before_the_file_is_settled_has_failed_whatever_is_settled_later() {
        UUID payout = gather(1, "USD", ManualRailDatabaseTest.DESTINATION).get(0);
        String file = made("nacha", "USD");
        returns(new BankReturns().and(trace(payout), "R02", 740).text()).statusCode(200);
        assertThat(told(payout).status()).isEqualTo(Transfer.Status.FAILED);

        post(FILES + "/" + file + "/settle", Map.of()).then().statusCode(200);
        assertThat(told(payout).status()).isEqualTo(Transfer.Status.FAILED);
        assertThat(told(payout).code()).isEqualTo("R02");
    }

    @Test
    void a_correction_is_told_to_people_and_moves_nothing() {
        UUID payout = gather(1, "USD", ManualRailDatabaseTest.DESTINATION).get(0);
        made("nacha", "USD");
        ValidatableResponse report =
                returns(new BankReturns().and(trace(payout), "C01", 0).text());
        assertThat(report.extract().jsonPath().getInt("corrected")).isEqualTo(1);
        assertThat(told(payout).status()).isEqualTo(Transfer.Status.PENDING);
        assertThat(entry(payout).note()).contains("account number");
    }

    @Test
    void a_file_that_no_bank_will_take_is_withdrawn_whole_unless_it_is_settled() {
        List<UUID> payouts = gather(2, "NOK", other("NOK"));
        String file = made("csv", "NOK");
        post(FILES + "/" + file + "/withdraw", Map.of()).then().statusCode(400);
        post(FILES + "/" + file + "/withdraw", Map.of("reason", "lost")).then().statusCode(200);
        assertThat(payouts).allMatch(payout -> told(payout).status() == Transfer.Status.FAILED);

        gather(1, "NOK", other("NOK"));
        String settled = made("csv", "NOK");
        post(FILES + "/" + settled + "/settle", Map.of()).then().statusCode(200);
        post(FILES + "/" + settled + "/withdraw", Map.of("reason", "late"))
                .then()
                .statusCode(409);
    }

    @Test
    void one_payout_is_taken_out_while_it_waits_and_comes_back_when_it_has_left() {
        List<UUID> payouts = gather(2, "DKK", other("DKK"));
        String out = ENTRIES + "/" + TypeId.PAYOUT.format(payouts.get(0));
        post(out + "/return", Map.of("reason", "too early")).then().statusCode(409);
        post(out + "/remove", Map.of("reason", "The account is closed")).then().statusCode(200);
        post(out + "/remove", Map.of("reason", "again")).then().statusCode(409);
        assertThat(told(payouts.get(0)).code()).isEqualTo("removed");

        String file = made("csv", "DKK");
        assertThat(get(FILES + "/" + file).extract().jsonPath().getInt("entries"))
                .isEqualTo(1);
        String in = ENTRIES + "/" + TypeId.PAYOUT.format(payouts.get(1));
        post(in + "/remove", Map.of("reason", "late")).then().statusCode(409);
        post(in + "/return", Map.of("reason", "came back", "code", "AC04"))
                .then()
                .statusCode(200);
        assertThat(told(payouts.get(1)).code()).isEqualTo("AC04");
    }

    @Test
    void a_table_neutralises_what_a_spreadsheet_would_run() {
        JsonObject to = new JsonObject(other("CHF")).put("accountHolderName", "=HYPERLINK(\"x\")");
        gather(1, "CHF", to.encode());
        assertThat(content(made("csv", "CHF"))).contains("'=HYPERLINK").contains("7.40");
    }

    @Test
    void a_master_key_that_is_replaced_changes_what_wraps_a_file_and_not_its_bytes() {
        UUID payout = gather(1, "CZK", other("CZK")).get(0);
        String file = made("csv", "CZK");
        String before = content(file);
        run("UPDATE payout_file SET key_id = '00000000'");
        run("UPDATE payout_file_entry SET key_id = '00000000'");

        List<Wrapped> rooms = List.of(wrappedFiles, wrappedEntries);
        for (Wrapped room : rooms) {
            int again;
            do again = transactions.run(tx -> room.rewrap(tx, 500)).await().atMost(PATIENCE);
            while (again > 0);
        }
        assertThat(content(file)).isEqualTo(before);
        assertThat(entry(payout).to().getString("accountHolderName")).isEqualTo("Ada");
    }

    private void run(String sql) {
        transactions.run(tx -> tx.query(sql).execute()).await().atMost(PATIENCE);
    }

    @Test
    void what_a_bank_may_have_been_given_cannot_be_changed() {
        gather(1, "PLN", other("PLN"));
        made("csv", "PLN");
        for (String change : List.of(
                "UPDATE payout_file SET total_minor = 1 WHERE currency = 'PLN'",
                "DELETE FROM payout_file_entry WHERE currency = 'PLN'",
                "UPDATE payout_file_entry SET amount_minor = 1 WHERE currency = 'PLN'",
                "UPDATE payout_file_entry SET file_id = NULL, position = NULL WHERE currency = 'PLN'"))
            assertThatThrownBy(() -> transactions
                            .run(tx -> tx.query(change).execute())
                            .await()
                            .atMost(PATIENCE))
                    .as(change)
                    .hasMessageContaining("payout file");
    }

    @Test
    void staff_have_what_their_role_says_and_bad_input_is_told() {
        String support = Tokens.of("support");
        given().auth().oauth2(support).get(FILES).then().statusCode(200);
        given().auth().oauth2(support).get(ENTRIES + "?status=waiting").then().statusCode(200);
        given().auth()
                .oauth2(support)
                .contentType(ContentType.JSON)
                .body(Map.of("kind", "csv"))
                .post(FILES)
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(support)
                .get(FILES + "/pyf_01h455vb4pex5vsknk084sn02q/content")
                .then()
                .statusCode(403);
        get(FILES + "/pyf_01h455vb4pex5vsknk084sn02q").statusCode(404);
        post(FILES, Map.of()).then().statusCode(400);
        post(FILES, Map.of("kind", "nacha", "currency", "EUR")).then().statusCode(422);
        post(FILES, Map.of("kind", "csv", "effectiveOn", "2026-11-25")).then().statusCode(422);
        returns("no file of a bank's").statusCode(400);
    }

    private List<UUID> gather(int count, String currency, String destination) {
        List<UUID> payouts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID payout = UUID.randomUUID();
            rails.get("manual")
                    .send(instruction(payout, currency, destination), Deadline.startingNow(System::nanoTime))
                    .await()
                    .atMost(PATIENCE);
            payouts.add(payout);
        }
        return payouts;
    }

    private Instruction instruction(UUID payout, String currency, String destination) {
        return rails.get("manual").freeze(new Order(payout, "k", payout, new Money(740, currency), destination));
    }

    private static String other(String currency) {
        return new JsonObject()
                .put("kind", "other")
                .put("currency", currency)
                .put("accountHolderName", "Ada")
                .put("instructions", "By hand")
                .encode();
    }

    private Transfer told(UUID payout) {
        Instruction any = instruction(payout, "USD", ManualRailDatabaseTest.DESTINATION);
        Finding found = rails.get("manual").lookUp(any, List.of()).await().atMost(PATIENCE);
        return ((Finding.Found) found).transfers().get(0);
    }

    private static List<String> references(List<UUID> payouts) {
        return payouts.stream().map(FileEntry::reference).toList();
    }

    private static String made(String kind, String currency) {
        return post(FILES, Map.of("kind", kind, "currency", currency))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String content(String file) {
        return get(FILES + "/" + file + "/content").statusCode(200).extract().asString();
    }

    private static List<String> traces(String file) {
        return get(ENTRIES + "?fileId=" + file).extract().jsonPath().getList("data.trace");
    }

    private String trace(UUID payout) {
        return String.valueOf(entry(payout).trace());
    }

    private FileEntry entry(UUID payout) {
        return transactions
                .read(c -> entries.find(c, payout))
                .await()
                .atMost(PATIENCE)
                .orElseThrow();
    }

    private static Response post(String path, Object body) {
        return given().auth()
                .oauth2(Tokens.of("finance"))
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }

    private static ValidatableResponse returns(String file) {
        return given().auth()
                .oauth2(Tokens.of("finance"))
                .contentType("text/plain")
                .body(file)
                .post(ENTRIES + "/returns")
                .then();
    }

    private static ValidatableResponse get(String path) {
        return given().auth().oauth2(Tokens.of("finance")).get(path).then();
    }
}
