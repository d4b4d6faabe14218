package dev.tributary.payout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import dev.tributary.MovedClock;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Purse;
import dev.tributary.ledger.Source;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payouts as the affiliate sees and asks for them who is paid. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class OwnPayoutsDatabaseTest {
    private static final String PAYOUTS = "/api/affiliate/payouts";
    private static final String SCHEDULE = "/api/affiliate/payout-schedule";

    @Inject
    Paymaster paymaster;

    @Inject
    MemoryRail rail;

    /** Affiliate, program and enrollment in one, with an account that signs in. */
    private UUID ada;

    @BeforeEach
    void somebody_is_owed_two_thousand_five_hundred() {
        paymaster.begins();
        ada = paymaster.program(5_000);
        paymaster.score(ada, 0);
        paymaster.destination(ada, "acct_" + ada);
        paymaster.earn(ada, ada, 2_500);
        rail.replies =
                sent -> Paymaster.done("tr_" + sent.payoutId(), sent.amount().amount(), paymaster.now());
    }

    private RequestSpecification ada() {
        return given().auth()
                .oauth2(Tokens.as(ada.toString(), "affiliate"))
                .accept("application/json")
                .contentType("application/json");
    }

    /** In the program for long, with a payout in each of three months. */
    private void trusted() {
        for (int month = 1; month <= 3; month++) {
            paymaster.earn(ada, ada, 2_000);
            paymaster.run(ada);
            paymaster.goOn();
            paymaster.query(
                    "UPDATE payout SET paid_at = paid_at - make_interval(months => $2) WHERE id = $1",
                    paymaster.payout(ada).id(),
                    month);
        }
        paymaster.query("UPDATE enrollment SET approved_at = now() - interval '100 days' WHERE id = $1", ada);
        paymaster.earn(ada, ada, 2_500);
    }

    private void debt(long minor) {
        Source source = new Source("test_debit", UUID.randomUUID());
        paymaster.book(List.of(Entry.adjust(source, new Purse(ada, ada, "EUR"), -minor, paymaster.now(), "taken")));
    }

    @Test
    void what_stands_against_a_payout_is_told_whole_in_words() {
        ada().get(PAYOUTS + "/eligibility")
                .then()
                .statusCode(200)
                .body("eligible", equalTo(true), "available.amount", equalTo(2_500), "minimum.amount", equalTo(1_000))
                .body("payout.gross.amount", equalTo(2_500), "payout.fee.amount", equalTo(25))
                .body("payout.net.amount", equalTo(2_475), "bars", empty(), "schedule", equalTo("monthly"))
                .body("mayRequest", equalTo(false), "lacking.code", contains("too_new", "too_few_paid_months"));

        debt(1_600);
        paymaster.query("UPDATE payout_method SET state = 'inactive' WHERE affiliate_id = $1", ada);
        paymaster.query("UPDATE affiliate SET fraud_status = 'held' WHERE id = $1", ada);
        ada().get(PAYOUTS + "/eligibility")
                .then()
                .statusCode(200)
                .body("eligible", equalTo(false), "payout", nullValue())
                .body("bars.code", contains("held", "under_minimum", "method_not_ready"));
        ada().body("{}")
                .post(PAYOUTS)
                .then()
                .statusCode(422)
                .body("code", equalTo("unprocessable"))
                .body(
                        "errors.code",
                        contains("held", "under_minimum", "method_not_ready", "too_new", "too_few_paid_months"));
    }

    @Test
    void a_trusted_affiliate_asks_for_a_payout_and_reads_where_each_cent_comes_from() throws IOException {
        trusted();
        debt(300);
        String id = ada().body("{}")
                .post(PAYOUTS)
                .then()
                .statusCode(201)
                .body("kind", equalTo("request"), "status", equalTo("approved"), "gross.amount", equalTo(2_200))
                .extract()
                .path("id");
        ada().body("{}").post(PAYOUTS).then().statusCode(422).body("errors.code", hasItems("payout_open"));
        ada().accept("application/pdf")
                .get(PAYOUTS + "/" + id + "/receipt")
                .then()
                .statusCode(409);
        paymaster.goOn();

        ada().get(PAYOUTS + "/" + id)
                .then()
                .statusCode(200)
                .body("payout.status", equalTo("paid"), "payout.net.amount", equalTo(2_178))
                .body("breakdown.earned.amount", equalTo(2_500), "breakdown.carried.amount", equalTo(-300))
                .body("breakdown.lines.amount.amount", containsTheThree(), "breakdown.truncated", equalTo(false));
        String csv = ada().accept("text/csv").get(PAYOUTS + "/" + id).asString();
        assertThat(csv.lines()
                        .skip(1)
                        .mapToLong(line -> Long.parseLong(line.split(",", -1)[7]))
                        .sum())
                .isEqualTo(2_200);
        assertThat(csv).endsWith(",carried,,,,,,-300,EUR\r\n");
        byte[] pdf = given().auth()
                .oauth2(Tokens.as(ada.toString(), "affiliate"))
                .get(PAYOUTS + "/" + id + "/receipt")
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .extract()
                .asByteArray();
        assertThat(new PdfTextExtractor(new PdfReader(pdf)).getTextFromPage(1))
                .contains("Payout receipt", id, "Ada", "Eco", "21.78", "-3.00", "22.00");
        ada().get(PAYOUTS).then().body("data", hasSize(4), "data[0].id", equalTo(id));
        ada().get(PAYOUTS + "?status=requested").then().body("data", empty());
        assertThat(ada().accept("text/csv").get(PAYOUTS).asString()).startsWith("id,kind,programId,status,");
    }

    private static org.hamcrest.Matcher<Iterable<? extends Integer>> containsTheThree() {
        return org.hamcrest.Matchers.containsInAnyOrder(1_000, 1_000, 500);
    }

    @Test
    void a_payout_that_may_have_left_is_on_its_way_for_its_affiliate_and_another_s_is_not_there() {
        rail.replies = sent -> new dev.tributary.payout.rail.Reply.Silence("timeout");
        paymaster.run(ada);
        paymaster.goOn();
        assertThat(paymaster.state(ada)).isEqualTo("unknown");
        String id = TypeId.PAYOUT.format(paymaster.payout(ada).id());

        ada().get(PAYOUTS + "?status=submitted")
                .then()
                .body("data.id", contains(id), "data.status", contains("submitted"));
        UUID other = paymaster.program(5_000);
        given().auth()
                .oauth2(Tokens.as(other.toString(), "affiliate"))
                .get(PAYOUTS + "/" + id)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(Tokens.as(other.toString(), "affiliate"))
                .accept("text/csv")
                .get(PAYOUTS + "/" + id)
                .then()
                .statusCode(404);
    }

    @Test
    void why_staff_hold_a_payout_stays_among_staff() {
        paymaster.query("UPDATE payout_terms SET automatic_under_minor = 0 WHERE program_id = $1", ada);
        paymaster.run(ada);
        paymaster.change(ada, (payout, now) -> payout.payout().hold("Looks like a bot"));

        String shown = ada().get(PAYOUTS)
                .then()
                .body("data.held", contains(true))
                .extract()
                .asString();
        assertThat(shown).doesNotContain("bot");
    }

    @Test
    void daily_payouts_are_for_the_trusted_where_the_program_offers_them() {
        ada().get(SCHEDULE)
                .then()
                .statusCode(200)
                .body("schedule", equalTo("monthly"), "mayBeDaily", equalTo(false))
                .body("lacking.code", contains("too_new", "too_few_paid_months"), "nextRun", endsWith("-01"));
        ada().body("{\"schedule\": \"daily\"}")
                .put(SCHEDULE)
                .then()
                .statusCode(422)
                .body("errors.code", contains("too_new", "too_few_paid_months"));
        ada().body("{\"schedule\": \"hourly\"}").put(SCHEDULE).then().statusCode(400);
        trusted();

        ada().body("{\"schedule\": \"daily\"}")
                .put(SCHEDULE)
                .then()
                .statusCode(200)
                .body("schedule", equalTo("daily"), "mayBeDaily", equalTo(true));
        ada().get(PAYOUTS + "/eligibility").then().body("schedule", equalTo("daily"), "mayRequest", equalTo(true));
        paymaster.query("UPDATE payout_terms SET daily = false, requests = false WHERE program_id = $1", ada);
        ada().get(SCHEDULE).then().body("lacking.code", contains("not_offered"));
        ada().body("{}").post(PAYOUTS).then().statusCode(422).body("errors.code", contains("not_offered"));
        ada().body("{\"schedule\": \"monthly\"}")
                .put(SCHEDULE)
                .then()
                .statusCode(200)
                .body("schedule", equalTo("monthly"));
    }
}
