package dev.tributary.program;

import static dev.tributary.program.OnboardingDatabaseTest.admin;
import static dev.tributary.program.OnboardingDatabaseTest.agreement;
import static dev.tributary.program.OnboardingDatabaseTest.person;
import static dev.tributary.program.OnboardingDatabaseTest.program;
import static dev.tributary.program.OnboardingDatabaseTest.registered;
import static dev.tributary.program.OnboardingDatabaseTest.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The way in for who was invited. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class InvitationsDatabaseTest {
    private static final String INVITATIONS = "/api/admin/affiliates/invitations";
    private static final String ACCEPT = "/api/affiliate/invitations/accept";

    @Inject
    Transactions transactions;

    @Inject
    OldInvitations old;

    private static Map<String, Object> invite(String program) {
        return new HashMap<>(Map.of("programId", program, "name", "Eco", "email", unique() + "@example.com"));
    }

    private static ValidatableResponse made(Map<String, Object> body) {
        return admin().body(body).post(INVITATIONS).then().statusCode(201);
    }

    private static ValidatableResponse accept(String subject, Map<String, ?> body) {
        return person(subject).body(body).post(ACCEPT).then();
    }

    private void endAt(String id, OffsetDateTime moment) {
        transactions
                .run(tx -> tx.preparedQuery("UPDATE invitation SET expires_at = $2 WHERE id = $1")
                        .execute(Tuple.of(TypeId.INVITATION.parse(id).orElseThrow(), moment)))
                .await()
                .indefinitely();
    }

    @Test
    void who_is_invited_accepts_and_has_the_code_that_was_kept() {
        String program = program(Map.of());
        String code = "ECO" + unique().toUpperCase();
        Map<String, Object> body = invite(program);
        body.put("referralCode", code);
        ValidatableResponse made = made(body).body("status", equalTo("open"), "token", startsWith("tri_"));
        String token = made.extract().path("token");
        accept(unique(), Map.of("token", token))
                .statusCode(200)
                .body("status", equalTo("accepted"), "referralCode", equalTo(code), "token", nullValue());
        accept(unique(), Map.of("token", token)).statusCode(404);
        admin().get("/api/admin/programs/" + program + "/enrollments?status=active")
                .then()
                .body("data", hasSize(1), "data[0].referralCode", equalTo(code));
        admin().get("/api/admin/affiliates/" + made.extract().path("affiliateId"))
                .then()
                .body("status", equalTo("active"), "bound", equalTo(true));
    }

    @Test
    void a_token_stands_in_no_other_answer_and_in_no_table() {
        Map<String, Object> body = invite(program(Map.of()));
        String key = "invite-" + unique();
        String token = admin().header("Idempotency-Key", key)
                .body(body)
                .post(INVITATIONS)
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        admin().header("Idempotency-Key", key)
                .body(body)
                .post(INVITATIONS)
                .then()
                .statusCode(201)
                .body("token", nullValue());
        assertThat(admin().get(INVITATIONS).asString()).doesNotContain(token);
        long stored = transactions
                .read(c -> c.preparedQuery(
                                """
                                SELECT (SELECT count(*) FROM idempotency_record WHERE strpos(body, $1) > 0)
                                     + (SELECT count(*) FROM audit_entry WHERE strpos(after::text, $1) > 0)
                                """)
                        .execute(Tuple.of(token)))
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .indefinitely();
        assertThat(stored).isZero();
    }

    @Test
    void tokens_that_are_unknown_renewed_revoked_or_over_look_the_same() {
        ValidatableResponse renewed = made(invite(program(Map.of())));
        String id = renewed.extract().path("id");
        String token = admin().post(INVITATIONS + "/" + id + "/renew")
                .then()
                .statusCode(200)
                .extract()
                .path("token");
        ValidatableResponse revoked = made(invite(program(Map.of())));
        admin().delete(INVITATIONS + "/" + revoked.extract().path("id")).then().statusCode(204);
        ValidatableResponse over = made(invite(program(Map.of())));
        endAt(over.extract().path("id"), OffsetDateTime.now().minusSeconds(1));
        Set<String> answers = new HashSet<>();
        for (String bad : List.of(
                "tri_" + "A".repeat(43),
                "x",
                renewed.extract().<String>path("token"),
                revoked.extract().<String>path("token"),
                over.extract().<String>path("token")))
            answers.add(accept(unique(), Map.of("token", bad))
                    .statusCode(404)
                    .extract()
                    .path("detail"));
        assertThat(answers).hasSize(1);
        accept(unique(), Map.of("token", token)).statusCode(200);
        admin().post(INVITATIONS + "/" + id + "/renew").then().statusCode(409);
    }

    @Test
    void the_code_of_a_revoked_invitation_is_free_again() {
        Map<String, Object> body = invite(program(Map.of()));
        body.put("referralCode", "FREE" + unique());
        String id = made(body).extract().path("id");
        body.put("email", unique() + "@example.com");
        admin().body(body).post(INVITATIONS).then().statusCode(409);
        admin().delete(INVITATIONS + "/" + id).then().statusCode(204);
        made(body);
    }

    @Test
    void an_invitation_that_nobody_accepted_is_forgotten_with_its_code() {
        Map<String, Object> body = invite(program(Map.of()));
        body.put("referralCode", "OLD" + unique());
        String id = made(body).extract().path("id");
        OffsetDateTime longAgo = OffsetDateTime.parse("2020-01-01T00:00:00Z");
        endAt(id, longAgo);
        OffsetDateTime before = longAgo.plusDays(1);
        assertThat(transactions.read(c -> old.count(c, before)).await().indefinitely())
                .isEqualTo(1);
        assertThat(transactions.run(tx -> old.forget(tx, before, 10)).await().indefinitely())
                .isEqualTo(1);
        body.put("email", unique() + "@example.com");
        made(body);
    }

    @Test
    void an_affiliate_that_is_there_is_invited_once_and_only_their_account_accepts() {
        String subject = unique();
        Map<String, Object> form = OnboardingDatabaseTest.form(program(Map.of()));
        String application = registered(subject, form);
        String affiliate = admin().get("/api/admin/applications/" + application).path("affiliateId");
        String program = program(Map.of());
        Map<String, Object> body = Map.of("programId", program, "affiliateId", affiliate);
        String token =
                made(body).body("name", equalTo(form.get("name"))).extract().path("token");
        admin().body(body).post(INVITATIONS).then().statusCode(409);
        accept(unique(), Map.of("token", token)).statusCode(409);
        String other = unique();
        registered(other, OnboardingDatabaseTest.form(program(Map.of())));
        accept(other, Map.of("token", token)).statusCode(409);
        String waiting = registered(subject, Map.of("program", program));
        accept(subject, Map.of("token", token)).statusCode(200);
        admin().get("/api/admin/applications/" + waiting).then().body("status", equalTo("withdrawn"));
        admin().body(body).post(INVITATIONS).then().statusCode(409);
    }

    @Test
    void an_invitation_into_a_program_with_terms_wants_them_accepted() {
        String program = program(Map.of());
        String agreement = agreement(program);
        String token = made(invite(program)).extract().path("token");
        String subject = unique();
        accept(subject, Map.of("token", token)).statusCode(400).body("errors[0].field", equalTo("agreementId"));
        accept(subject, Map.of("token", token, "agreementId", agreement, "accepted", true))
                .statusCode(200);
    }

    @Test
    void a_bad_invitation_is_refused_with_its_fields() {
        admin().body(Map.of("affiliateId", "aff_01h455vb4pex5vsknk084sn02q", "name", "Eco", "referralCode", "a b"))
                .post(INVITATIONS)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("programId", "affiliateId", "referralCode")));
        admin().body(Map.of("programId", program(Map.of()), "name", "Eco"))
                .post(INVITATIONS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("email"));
    }
}
