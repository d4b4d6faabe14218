package dev.tributary.payout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.tributary.MovedClock;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Transfer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The books beside a provider's own list, both ways. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class ReconcileDatabaseTest {
    private static final long NET = 1_980;

    @Inject
    Paymaster paymaster;

    @Inject
    MemoryRail rail;

    @Inject
    MemoryListing listing;

    @Inject
    CommandLineApplication application;

    private UUID program;
    private UUID member;
    private String transfer;

    @BeforeEach
    void somebody_is_to_be_paid() {
        paymaster.begins();
        listing.empty();
        paymaster.query("DELETE FROM reconcile_item");
        paymaster.query(
                "UPDATE payout SET submitted_at = submitted_at - interval '2 years' WHERE submitted_at IS NOT NULL");
        program = paymaster.program(5_000);
        member = paymaster.member(program, 2_000);
        paymaster.run(program);
        transfer = "tr_" + member;
    }

    private Typed reconcile(String... more) {
        List<String> words = new ArrayList<>(List.of("job", "reconcile", "--rail", "memory"));
        words.addAll(List.of(more));
        return Typed.run(application, words.toArray(String[]::new));
    }

    private UUID payout() {
        return paymaster.payout(member).id();
    }

    private Transfer done(long minor) {
        return Transfer.done(transfer, minor, "EUR", paymaster.now());
    }

    private void paid() {
        rail.replies = sent -> Paymaster.done(transfer, NET, paymaster.now());
        paymaster.goOn();
        assertThat(paymaster.state(member)).isEqualTo("paid");
    }

    private List<String> items() {
        return paymaster
                .query(
                        "SELECT kind, transfer_id, CASE WHEN cleared_at IS NOT NULL THEN 'cleared' WHEN explained_at IS NOT NULL THEN 'explained' ELSE 'open' END AS state FROM reconcile_item ORDER BY kind")
                .stream()
                .map(row -> "%s %s %s"
                        .formatted(row.getString("kind"), row.getString("transfer_id"), row.getString("state")))
                .toList();
    }

    @Test
    void what_the_list_has_of_a_payout_in_doubt_is_adopted_once() {
        paymaster.claim();
        listing.add(done(NET), payout());

        assertThat(reconcile().exitCode()).isZero();

        assertThat(paymaster.state(member)).isEqualTo("paid");
        assertThat(paymaster.balance(member)).isEqualTo("0 0 0");
        Object history = paymaster.query("SELECT count(*) AS n FROM payout_history WHERE payout_id = $1", payout());
        Typed again = reconcile();
        assertThat(again.exitCode()).as(again.toString()).isZero();
        assertThat(again.lines()).contains("memory: 1 transfers listed, 0 adopted, 0 differ");
        assertThat(paymaster.query("SELECT count(*) AS n FROM payout_history WHERE payout_id = $1", payout()))
                .isEqualTo(history);
        assertThat(paymaster.wrong()).isEmpty();
        assertThat(items()).isEmpty();
    }

    @Test
    void money_that_came_back_and_that_nobody_was_told_of_is_booked() {
        paid();
        listing.add(done(NET).reversed(NET, paymaster.now()), payout());

        assertThat(reconcile().exitCode()).isZero();

        assertThat(paymaster.state(member)).isEqualTo("returned");
        assertThat(paymaster.wrong()).isEmpty();
    }

    @Test
    void a_transfer_that_nobody_here_knows_fails_the_job_until_a_person_explains_it() {
        listing.add(Transfer.done("tr_foreign_" + member, 700, "EUR", paymaster.now()), null);

        Typed first = reconcile();

        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.lines()).anyMatch(line -> line.contains("missing_here tr_foreign_" + member));
        String id = staff("support")
                .get("/api/admin/reconcile-items?state=open&kind=missing_here&rail=memory")
                .then()
                .statusCode(200)
                .body("data.transferId", hasItem("tr_foreign_" + member))
                .extract()
                .path("data[0].id");
        staff("support")
                .body("{\"note\": \"x\"}")
                .post("/api/admin/reconcile-items/" + id + "/explain")
                .then()
                .statusCode(403);
        staff("finance")
                .body("{\"note\": \" \"}")
                .post("/api/admin/reconcile-items/" + id + "/explain")
                .then()
                .statusCode(400);
        staff("finance")
                .body("{\"note\": \"The shop's own\"}")
                .post("/api/admin/reconcile-items/" + id + "/explain")
                .then()
                .statusCode(200)
                .body("state", equalTo("explained"), "note", equalTo("The shop's own"));

        assertThat(reconcile().exitCode()).isZero();
        assertThat(items()).containsExactly("missing_here tr_foreign_" + member + " explained");
        staff("support").get("/api/admin/reconcile-items/" + id).then().statusCode(200);
        staff("support")
                .get("/api/admin/reconcile-items/rci_01h455vb4pex5vsknk084sn02q")
                .then()
                .statusCode(404);
        staff("support")
                .accept("text/csv")
                .get("/api/admin/reconcile-items")
                .then()
                .statusCode(200);
    }

    private static RequestSpecification staff(String role) {
        return given().auth().oauth2(Tokens.as("ann", role)).contentType("application/json");
    }

    @Test
    void what_is_paid_here_and_not_listed_is_told_until_it_is_listed() {
        paid();
        paymaster.passes(Duration.ofHours(1));

        assertThat(reconcile().exitCode()).isEqualTo(1);
        assertThat(items()).containsExactly("missing_there " + transfer + " open");

        listing.add(done(NET), payout());
        assertThat(reconcile().exitCode()).isZero();
        assertThat(items()).containsExactly("missing_there " + transfer + " cleared");
    }

    @Test
    void what_was_just_sent_may_be_missing_for_some_minutes() {
        paid();

        assertThat(reconcile().exitCode()).isZero();
    }

    @Test
    void another_amount_asks_a_person_and_is_told_once() {
        paymaster.claim();
        listing.add(done(NET + 20), payout());

        assertThat(reconcile().exitCode()).isEqualTo(1);
        assertThat(reconcile().exitCode()).isEqualTo(1);

        assertThat(items()).containsExactly("amount " + transfer + " open");
        assertThat(paymaster.tasks(member)).contains("mismatch");
        assertThat(paymaster.query("SELECT 1 FROM payout_notice WHERE payout_id = $1", payout()))
                .hasSize(1);
    }

    @Test
    void money_that_left_for_a_payout_that_had_failed_is_owed_back_and_told() {
        rail.replies = sent -> new Reply.Answered(400, new Reply.Body.Failure("account_closed"));
        paymaster.goOn();
        assertThat(paymaster.state(member)).isEqualTo("failed");
        listing.add(done(NET), payout());

        assertThat(reconcile().exitCode()).isEqualTo(1);

        assertThat(items()).containsExactly("state " + transfer + " open");
        assertThat(paymaster.balance(member)).isEqualTo("0 20 0");
        assertThat(paymaster.wrong()).isEmpty();
    }

    @Test
    void a_dry_run_tells_and_writes_nothing() {
        paymaster.claim();
        listing.add(done(NET), payout());
        listing.add(Transfer.done("tr_foreign_" + member, 700, "EUR", paymaster.now()), null);

        Typed dry = reconcile("--dry-run");

        assertThat(dry.lines()).contains("memory: 2 transfers listed, 1 would be adopted, 1 differ");
        assertThat(paymaster.state(member)).isEqualTo("submitted");
        assertThat(items()).isEmpty();
    }

    @Test
    void a_provider_that_does_not_answer_fails_the_run_and_the_next_begins_anew() {
        for (int i = 0; i < 3; i++)
            listing.add(Transfer.failed("tr_%d_%s".formatted(i, member), 700, "EUR", "x", paymaster.now()), payout());
        listing.add(done(NET), payout());
        listing.awayFrom = 2;

        Typed away = reconcile();

        assertThat(away.exitCode()).isEqualTo(1);
        assertThat(away.toString()).contains("could not be listed: nobody answers");
        listing.awayFrom = -1;
        listing.asked.clear();
        reconcile();
        assertThat(listing.asked).containsExactly("0", "2");
    }

    @Test
    void what_is_unexplained_for_a_day_breaks_the_books() {
        listing.add(Transfer.done("tr_foreign_" + member, 700, "EUR", paymaster.now()), null);
        reconcile();
        assertThat(paymaster.wrong()).isEmpty();

        paymaster.query("UPDATE reconcile_item SET first_seen = now() - interval '25 hours'");

        assertThat(paymaster.wrong()).singleElement().asString().startsWith("reconciliation-explained");
    }

    @Test
    void only_rails_and_days_that_can_be_are_taken() {
        assertThat(Typed.run(application, "job", "reconcile", "--rail", "pigeon")
                        .exitCode())
                .isEqualTo(1);
        assertThat(reconcile("--days", "0").exitCode()).isEqualTo(1);
        assertThat(reconcile("--days", "400").exitCode()).isZero();
    }
}
