package dev.tributary.payout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.MovedClock;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Rails;
import dev.tributary.privacy.PersonalData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payouts that a person carries out, from the run to the books and back. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class FilePayoutsDatabaseTest {
    private static final JsonObject TO = new JsonObject()
            .put("kind", "iban")
            .put("currency", "EUR")
            .put("accountHolderName", "Ada Lovelace")
            .put("iban", "DE89370400440532013000")
            .put("bic", "");
    /** A limit for something that is wrong; nothing waits for it otherwise. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Inject
    Paymaster paymaster;

    @Inject
    Claims claims;

    @Inject
    Rails rails;

    @Inject
    Instance<PersonalData> rooms;

    private UUID member;

    @BeforeEach
    void somebody_waits_for_a_file() {
        paymaster.begins();
        UUID program = paymaster.program(5_000);
        member = paymaster.member(program, 2_000);
        paymaster.destination(member, TO.encode());
        paymaster.query("UPDATE payout_method SET rail = 'manual' WHERE affiliate_id = $1", member);
        paymaster.run(program);
        goOn();
    }

    @AfterEach
    void the_books_are_in_order() {
        assertThat(paymaster.wrong()).isEmpty();
    }

    private void goOn() {
        Rail manual = rails.get("manual");
        for (Errand errand : Paymaster.await(claims.take(manual, 100)).errands()) {
            if (!(errand instanceof Errand.Send send)) continue;
            paymaster.hear(new Heard.Replied(
                    errand.payoutId(),
                    send.attempt(),
                    Paymaster.await(manual.send(send.instruction(), send.deadline()))));
        }
    }

    private static ValidatableResponse post(String path, Map<String, ?> body) {
        return given().auth()
                .oauth2(Tokens.of("finance"))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/admin/" + path)
                .then();
    }

    private String payout() {
        return TypeId.PAYOUT.format(paymaster.payout(member).id());
    }

    private void becomes(String state) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!paymaster.state(member).equals(state) && System.nanoTime() < end) TimeUnit.MILLISECONDS.sleep(10);
        assertThat(paymaster.state(member)).isEqualTo(state);
    }

    private static String file() {
        return post("payout-files", Map.of("kind", "csv", "currency", "EUR"))
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void a_payout_is_paid_when_its_file_is_settled_and_returned_when_the_money_comes_back() throws Exception {
        assertThat(paymaster.state(member)).isEqualTo("submitted");
        String file = file();
        assertThat(paymaster.state(member)).isEqualTo("submitted");

        post("payout-files/" + file + "/settle", Map.of()).statusCode(200);
        becomes("paid");
        post("payout-file-entries/" + payout() + "/return", Map.of("reason", "closed", "code", "AC04"))
                .statusCode(200);
        becomes("returned");
    }

    @Test
    void a_payout_that_is_taken_out_or_whose_file_is_withdrawn_fails_and_its_money_is_there_again() throws Exception {
        String before = paymaster.balance(member);
        assertThat(before).isEqualTo("0 0 2000");
        post("payout-file-entries/" + payout() + "/remove", Map.of("reason", "wrong account"))
                .statusCode(200);
        becomes("failed");
        assertThat(paymaster.balance(member)).isEqualTo("0 2000 0");
    }

    @Test
    void a_person_who_is_erased_takes_name_and_account_along_once_nothing_is_under_way() throws Exception {
        PersonalData entries = rooms.stream()
                .filter(each -> each.name().equals("payoutsInFiles"))
                .findFirst()
                .orElseThrow();
        assertThat(paymaster.<Integer>transact(tx -> entries.erase(tx, member))).isZero();
        post("payout-files/" + file() + "/settle", Map.of()).statusCode(200);
        becomes("paid");

        List<PersonalData.Row> held = paymaster.transact(tx -> entries.export(tx, member, new UUID(-1, -1), 10));
        assertThat(held).hasSize(1);
        assertThat(held.get(0).data().getJsonObject("to")).isEqualTo(TO);
        assertThat(paymaster.<Integer>transact(tx -> entries.erase(tx, member))).isEqualTo(1);
        assertThat(paymaster.<Integer>transact(tx -> entries.erase(tx, member))).isZero();
    }
}
