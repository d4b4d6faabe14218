package dev.tributary.payout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.MovedClock;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payouts as staff see and decide them. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class StaffPayoutsDatabaseTest {
    private static final String PAYOUTS = "/api/admin/payouts";

    @Inject
    Paymaster paymaster;

    @Inject
    MemoryRail rail;

    @Inject
    Chunks chunks;

    private UUID program;
    private UUID member;

    /** Whom a person has to look at, because nobody is paid by itself. */
    @BeforeEach
    void a_payout_waits_for_a_person() {
        paymaster.begins();
        program = paymaster.program(0);
        member = paymaster.member(program, 2_500);
        paymaster.run(program);
    }

    @AfterEach
    void the_books_are_in_order() {
        assertThat(paymaster.wrong()).isEmpty();
    }

    private static RequestSpecification as(String person, String role) {
        return given().auth()
                .oauth2(Tokens.as(person, role))
                .accept("application/json")
                .contentType("application/json");
    }

    private static RequestSpecification ann() {
        return as("ann", "finance");
    }

    private String payout() {
        return payout(member);
    }

    private String payout(UUID of) {
        return TypeId.PAYOUT.format(paymaster.payout(of).id());
    }

    private ValidatableResponse ann(String verb, String body) {
        return ann().body(body).post(PAYOUTS + "/" + payout() + "/" + verb).then();
    }

    @Test
    void a_payout_is_shown_with_all_that_is_known_of_it() {
        rail.replies = sent -> Paymaster.done("tr_" + member, 2_475, paymaster.now());
        ann("approve", "{\"reason\": \"Known for years\"}").statusCode(200);
        paymaster.goOn();

        as("sue", "support")
                .get(PAYOUTS + "/" + payout())
                .then()
                .statusCode(200)
                .body("payout.status", equalTo("paid"), "payout.affiliateName", equalTo("Bo"))
                .body("payout.gross.amount", equalTo(2_500), "payout.fee.amount", equalTo(25))
                .body("payout.net.amount", equalTo(2_475), "payout.next", equalTo("nothing"))
                .body("payout.runId", startsWith("prn_"), "payout.paidAt", notNullValue())
                .body("approvedBy.account", contains("ann"), "attempts.count", equalTo(1))
                .body("transfers.id", contains("tr_" + member), "transfers.status", contains("done"))
                .body("history.to", contains("requested", "approved", "submitted", "paid"))
                .body("history[1].actor", equalTo("ann"), "history[1].reason", equalTo("Known for years"))
                .body("tasks.ask", contains("approve"), "tasks[0].closedBy", equalTo("ann"))
                .body("breakdown.commissions", equalTo(3), "breakdown.lines", hasSize(3))
                .body("breakdown.earned.amount", equalTo(2_500), "breakdown.carried.amount", equalTo(0));
        assertThat(ann().accept("text/csv").get(PAYOUTS + "/" + payout()).asString())
                .startsWith("commissionId,source,rule,")
                .endsWith(",carried,,,,,,0,EUR\r\n")
                .contains(",base_rate,");
        ann().get(PAYOUTS + "/pyt_01h455vb4pex5vsknk084sn02q").then().statusCode(404);
    }

    @Test
    void payouts_are_found_by_name_status_rail_run_and_time() {
        paymaster.query("UPDATE affiliate SET name = $2 WHERE id = $1", member, "Zoë O'Hara " + member);
        String mine = "?programId=" + TypeId.PROGRAM.format(program);
        String run = ann().get(PAYOUTS + mine).path("data[0].runId");

        for (String filter : new String[] {
            "&name=o'hara " + member,
            "&status=requested",
            "&rail=memory",
            "&runId=" + run,
            "&held=false",
            "&from=" + paymaster.now().minusSeconds(600),
            "&affiliateId=" + TypeId.AFFILIATE.format(member)
        }) ann().get(PAYOUTS + mine + filter).then().statusCode(200).body("data.id", contains(payout()));
        for (String filter : new String[] {"&name=nobody", "&status=paid", "&held=true", "&to=2020-01-01T00:00:00Z"})
            ann().get(PAYOUTS + mine + filter).then().statusCode(200).body("data", empty());
        ann().get(PAYOUTS + "?status=sent").then().statusCode(400).body("errors.field", contains("status"));
        ann().get(PAYOUTS + "?rail=pigeon").then().statusCode(400).body("errors.field", contains("rail"));
        assertThat(ann().accept("text/csv").get(PAYOUTS + mine).asString())
                .startsWith("id,runId,kind,programId,affiliateId,affiliateName,status,")
                .contains(payout(), "Zoë O'Hara");
    }

    @Test
    void who_started_the_run_or_chose_the_destination_does_not_approve_and_one_other_person_does() {
        as("somebody", "admin")
                .body("{}")
                .post(PAYOUTS + "/" + payout() + "/approve")
                .then()
                .statusCode(403);
        ann("approve", "{}").statusCode(200).body("status", equalTo("approved"), "approvals", equalTo(1));
        ann("approve", "{}").statusCode(409);
        as("sue", "support")
                .body("{}")
                .post(PAYOUTS + "/" + payout() + "/approve")
                .then()
                .statusCode(403);
    }

    @Test
    void four_eyes_are_those_of_two_people() {
        paymaster.query("UPDATE payout SET people = 2 WHERE enrollment_id = $1", member);

        ann("approve", "{}").statusCode(200).body("status", equalTo("requested"), "approvals", equalTo(1));
        ann("approve", "{}").statusCode(200).body("status", equalTo("requested"), "approvals", equalTo(1));
        assertThat(paymaster.tasks(member)).containsExactly("approve");
        as("bob", "admin")
                .body("{\"reason\": \"Seen\"}")
                .post(PAYOUTS + "/" + payout() + "/approve")
                .then()
                .statusCode(200)
                .body("status", equalTo("approved"), "approvals", equalTo(2));
        assertThat(paymaster.tasks(member)).isEmpty();
    }

    @Test
    void what_is_held_waits_and_what_is_canceled_gives_its_money_back() {
        ann("hold", "{}").statusCode(400).body("errors.field", contains("reason"));
        ann("let-go", "{}").statusCode(409);
        ann("hold", "{\"reason\": \"Their invoice is missing\"}")
                .statusCode(200)
                .body("hold", equalTo("Their invoice is missing"));
        ann("approve", "{}").statusCode(200).body("status", equalTo("approved"));
        assertThat(paymaster.claim()).isEmpty();
        assertThat(paymaster.tasks(member)).containsExactly("held");
        ann("let-go", "{}").statusCode(200).body("hold", nullValue(), "next", equalTo("send"));

        ann("cancel", "{\"reason\": \"Their invoice is wrong\"}")
                .statusCode(200)
                .body("status", equalTo("canceled"), "reason", equalTo("Their invoice is wrong"));
        assertThat(paymaster.balance(member)).isEqualTo("0 2500 0");
        ann("hold", "{\"reason\": \"late\"}").statusCode(409);
        as("sue", "support")
                .get("/api/admin/audit?action=payout.canceled&objectId=" + payout())
                .then()
                .body("data.after.why", contains("Their invoice is wrong"));
    }

    @Test
    void a_person_sends_again_what_surely_has_not_left_with_the_same_bytes() {
        rail.traits = MemoryRail.DUMB;
        ann("approve", "{}").statusCode(200);
        paymaster.goOn();

        ann("send-again", "{}").statusCode(409);
        ann("fail", "{\"reason\": \"not there\"}").statusCode(409);
        paymaster.passes(Duration.ofMinutes(11));
        ann("send-again", "{\"reason\": \"The console has none\"}")
                .statusCode(200)
                .body("status", equalTo("submitted"), "next", equalTo("send"));
        assertThat(paymaster.tasks(member)).isEmpty();
        rail.replies = sent -> Paymaster.done("tr_" + member, 2_475, paymaster.now());
        paymaster.goOn();

        assertThat(paymaster.state(member)).isEqualTo("paid");
        assertThat(rail.sent).hasSize(2);
        assertThat(rail.sent.get(1)).isEqualTo(rail.sent.get(0));
        ann().get(PAYOUTS + "/" + payout())
                .then()
                .body("history.reason", hasItem("The console has none"), "attempts.count", equalTo(2));
    }

    @Test
    void a_person_who_found_it_settles_it_once_and_not_with_another_payout_s_transfer() {
        rail.traits = MemoryRail.DUMB;
        UUID other = paymaster.member(program, 2_500);
        paymaster.run(program);
        ann().body("{\"filter\": {\"programId\": \"%s\"}}".formatted(TypeId.PROGRAM.format(program)))
                .post(PAYOUTS + "/approve")
                .then()
                .statusCode(200)
                .body("data.outcome", contains("approved", "approved"), "more", equalTo(false));
        paymaster.goOn();

        ann("settle", "{}").statusCode(400).body("errors.field", contains("transferId"));
        ann("settle", "{\"transferId\": \"ref_%s\"}".formatted(member))
                .statusCode(200)
                .body("status", equalTo("paid"));
        ann("settle", "{\"transferId\": \"ref_%s\"}".formatted(member)).statusCode(409);
        ann().body("{\"transferId\": \"ref_%s\"}".formatted(member))
                .post(PAYOUTS + "/" + payout(other) + "/settle")
                .then()
                .statusCode(409);
        assertThat(paymaster.state(other)).isEqualTo("unknown");
        assertThat(paymaster.balance(member)).isEqualTo("0 0 0");
    }

    @Test
    void many_are_approved_together_and_what_is_refused_keeps_none_back() {
        UUID other = paymaster.member(program, 5_000);
        paymaster.run(program);
        ann().body("{\"ids\": [\"%s\", \"pyt_01h455vb4pex5vsknk084sn02q\", \"%s\"]}".formatted(payout(), payout(other)))
                .header("Idempotency-Key", "many-" + member)
                .post(PAYOUTS + "/approve")
                .then()
                .statusCode(200)
                .body("data.outcome", contains("approved", "refused", "approved"))
                .body("data[1].code", equalTo("not_found"));
        ann().body("{\"ids\": [\"%s\", \"pyt_01h455vb4pex5vsknk084sn02q\", \"%s\"]}".formatted(payout(), payout(other)))
                .header("Idempotency-Key", "many-" + member)
                .post(PAYOUTS + "/approve")
                .then()
                .statusCode(200)
                .body("data.outcome", contains("approved", "refused", "approved"));
        ann().body("{\"ids\": [\"%s\"]}".formatted(payout()))
                .post(PAYOUTS + "/approve")
                .then()
                .body("data.code", contains("conflict"));
    }

    @Test
    void a_filter_leaves_out_what_is_larger_held_or_not_for_the_caller() {
        UUID large = paymaster.member(program, 5_000);
        UUID held = paymaster.member(program, 2_000);
        paymaster.run(program);
        paymaster.change(held, (payout, now) -> payout.payout().hold("looking"));
        String filter = "{\"filter\": {\"programId\": \"%s\", \"under\": {\"amount\": 4000, \"currency\": \"EUR\"}}}"
                .formatted(TypeId.PROGRAM.format(program));

        as("somebody", "admin")
                .body(filter)
                .post(PAYOUTS + "/approve")
                .then()
                .statusCode(200)
                .body("data", empty());
        ann().body(filter).post(PAYOUTS + "/approve").then().body("data.id", contains(payout()));
        assertThat(paymaster.state(large)).isEqualTo("requested");
        assertThat(paymaster.state(held)).isEqualTo("requested");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | ids",
                "{'ids': []} | ids",
                "{'ids': ['pyt_1']} | ids[0]",
                "{'ids': ['pyt_01h455vb4pex5vsknk084sn02q'], 'filter': {}} | ids",
                "{'filter': {'programId': 'x'}} | filter.programId",
                "{'filter': {'colour': 'red'}} | filter.colour",
            })
    void an_approval_that_means_nothing_is_refused_by_its_field(String body, String field) {
        ann().body(body.replace('\'', '"'))
                .post(PAYOUTS + "/approve")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(field));
    }

    @Test
    void a_task_of_a_payout_is_closed_by_deciding_and_one_beside_it_with_a_note() {
        String list = "/api/admin/payout-tasks?open=true&payoutId=" + payout();
        String task = ann().get(list)
                .then()
                .body("data.ask", contains("approve"))
                .extract()
                .path("data[0].id");
        ann().body("{\"note\": \"seen\"}")
                .post("/api/admin/payout-tasks/" + task + "/close")
                .then()
                .statusCode(409);
        ann("cancel", "{\"reason\": \"not wanted\"}").statusCode(200);
        ann().get(list).then().body("data", empty());
        paymaster.query(
                "INSERT INTO payout_task (id, payout_id, ask, opened_at) VALUES ($1, $2, 'overpaid', now())",
                UUID.randomUUID(),
                paymaster.payout(member).id());
        String beside = ann().get(list)
                .then()
                .body("data.ask", contains("overpaid"))
                .extract()
                .path("data[0].id");

        ann().body("{}")
                .post("/api/admin/payout-tasks/" + beside + "/close")
                .then()
                .statusCode(400);
        ann().body("{\"note\": \"They took it back\"}")
                .post("/api/admin/payout-tasks/" + beside + "/close")
                .then()
                .statusCode(200)
                .body("closedBy", equalTo("ann"), "note", equalTo("They took it back"));
        ann().body("{\"note\": \"again\"}")
                .post("/api/admin/payout-tasks/" + beside + "/close")
                .then()
                .statusCode(409);
        ann().get("/api/admin/payout-tasks/" + beside).then().statusCode(200).body("closedAt", notNullValue());
    }

    @Test
    void a_run_by_hand_is_rehearsed_started_once_and_tells_what_it_came_to() {
        UUID more = paymaster.member(program, 3_000);
        UUID poor = paymaster.member(program, 500);
        String body = "{\"programId\": \"%s\"%s}";
        String id = TypeId.PROGRAM.format(program);
        ann().body(body.formatted(id, ", \"dryRun\": true"))
                .post(PAYOUTS + "/process")
                .then()
                .statusCode(200)
                .body("paid", equalTo(1), "byHand", equalTo(1), "sums[0].gross.amount", equalTo(3_000))
                .body("barred.under_minimum", equalTo(1), "barred.payout_open", equalTo(1));
        assertThat(paymaster.query("SELECT 1 FROM payout WHERE enrollment_id = $1", more))
                .isEmpty();

        String run = ann().body(body.formatted(id, ""))
                .post(PAYOUTS + "/process")
                .then()
                .statusCode(202)
                .header("Location", startsWith("http"))
                .body("status", equalTo("running"), "startedBy", equalTo("ann"))
                .extract()
                .path("id");
        ann().body(body.formatted(id, "")).post(PAYOUTS + "/process").then().statusCode(409);
        UUID started = TypeId.PAYOUT_RUN.parse(run).orElseThrow();
        while (Paymaster.await(chunks.step(started, Chunks.MOST)) == Chunks.Outcome.WENT_ON) {}

        as("sue", "support")
                .get("/api/admin/payout-runs/" + run)
                .then()
                .statusCode(200)
                .body("status", equalTo("done"), "paid", equalTo(1), "leftOut", equalTo(3))
                .body("sums[0].net.amount", equalTo(2_970), "barred.payout_open", equalTo(1));
        ann().get("/api/admin/payout-runs?programId=" + id)
                .then()
                .body("data.kind", containsInAnyOrder("manual", "manual"));
        ann().body("{}").post(PAYOUTS + "/" + payout(more) + "/approve").then().statusCode(403);
        assertThat(paymaster.query("SELECT 1 FROM payout WHERE enrollment_id = $1", poor))
                .isEmpty();
        ann().body(body.formatted("prg_01h455vb4pex5vsknk084sn02q", ""))
                .post(PAYOUTS + "/process")
                .then()
                .statusCode(404);
        ann().body("{}").post(PAYOUTS + "/process").then().statusCode(400).body("errors.field", contains("programId"));
    }
}
