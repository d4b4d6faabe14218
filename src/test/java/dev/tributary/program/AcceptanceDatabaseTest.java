package dev.tributary.program;

import static dev.tributary.program.Staff.PROGRAMS;
import static dev.tributary.program.Staff.enrollment;
import static dev.tributary.program.Staff.id;
import static dev.tributary.program.Staff.post;
import static dev.tributary.program.Staff.program;
import static dev.tributary.program.Staff.unique;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.Tokens;
import dev.tributary.affiliate.Account;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class AcceptanceDatabaseTest {
    private static final String OWN = "/api/affiliate/agreements";
    private static final String YES = "{\"accepted\": true}";

    @Inject
    Affiliates affiliates;

    @Inject
    EnrollmentRepository enrollments;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    private static RequestSpecification as(String account) {
        return given().auth()
                .oauth2(Tokens.as(account, "affiliate"))
                .accept("application/json")
                .contentType("application/json")
                .header("User-Agent", "Test/1.0");
    }

    private static String agreement(String program, Map<String, Object> more) {
        Map<String, Object> body = new java.util.HashMap<>(Map.of("title", "Terms", "terms", "Say that it is an ad."));
        body.putAll(more);
        return id(post(PROGRAMS + "/" + program + "/agreements", body));
    }

    /** The account of an affiliate who is in the program. */
    private String member(String program) {
        String account = "account-" + unique();
        UUID of = TypeId.PROGRAM.parse(program).orElseThrow();
        UUID id = TypeId.ENROLLMENT.parse(enrollment(program)).orElseThrow();
        transactions
                .run(tx -> enrollments
                        .lock(tx, of, id)
                        .chain(e -> affiliates.bind(
                                tx, e.orElseThrow().affiliateId(), new Account("https://issuer.test", account))))
                .await()
                .indefinitely();
        return account;
    }

    @Test
    void a_member_reads_what_is_valid_or_announced_and_accepts_it() {
        String program = program();
        String account = member(program);
        agreement(program, Map.of("title", "Old"));
        String current = agreement(program, Map.of());
        String next = agreement(
                program,
                Map.of("validFrom", clock.instant().plus(Duration.ofDays(7)).toString()));
        as(account)
                .get(OWN)
                .then()
                .statusCode(200)
                .body("data.agreement.id", contains(next, current))
                .body("data.agreement.current", contains(false, true))
                .body("data.agreement.terms", everyItem(nullValue()))
                .body("data.acceptedAt", everyItem(nullValue()));
        as(account).get(OWN + "/" + current).then().statusCode(200).body("agreement.terms", notNullValue());
        as(account)
                .body(YES)
                .post(OWN + "/" + current + "/acceptances")
                .then()
                .statusCode(200)
                .body("acceptedAt", notNullValue());
        as(account)
                .get(OWN + "?programId=" + program)
                .then()
                .body("data.acceptedAt", contains(equalTo(null), notNullValue()));
        Staff.as("support")
                .get(PROGRAMS + "/" + program + "/agreements/" + current + "/acceptances")
                .then()
                .body("data", hasSize(1))
                .body("data[0].acceptedBy", equalTo(account))
                .body("data[0].ipPrefix", matchesPattern("[0-9.]+/24|[0-9a-f:]+/48"))
                .body("data[0].userAgent", equalTo("Test/1.0"));
        Staff.as("support")
                .get("/api/admin/audit?action=agreement.accept&objectId=" + current)
                .then()
                .body("data[0].actorId", equalTo(account))
                .body("data[0].before.acceptedAt", nullValue())
                .body("data[0].after.acceptedAt", notNullValue());
    }

    @Test
    void a_version_that_was_accepted_stays_in_sight_when_it_is_over() {
        String program = program();
        String account = member(program);
        String old = agreement(program, Map.of());
        as(account).body(YES).post(OWN + "/" + old + "/acceptances").then().statusCode(200);
        String current = agreement(program, Map.of());
        as(account).get(OWN).then().body("data.agreement.id", contains(current, old));
        as(account).body(YES).post(OWN + "/" + old + "/acceptances").then().statusCode(409);
    }

    @Test
    void an_acceptance_takes_a_clear_yes() {
        String program = program();
        String account = member(program);
        String path = OWN + "/" + agreement(program, Map.of()) + "/acceptances";
        for (String body : new String[] {"{}", "{\"accepted\": false}", "{\"accepted\": null}"})
            as(account).body(body).post(path).then().statusCode(400).body("errors[0].field", equalTo("accepted"));
        as(account).body("{\"accepted\": \"true\"}").post(path).then().statusCode(400);
    }

    @Test
    void agreements_of_other_programs_are_not_found() {
        String program = program();
        String stranger = member(program());
        String agreement = agreement(program, Map.of());
        as(stranger).get(OWN).then().statusCode(200).body("data", hasSize(0));
        as(stranger).get(OWN + "/" + agreement).then().statusCode(404);
        as(stranger)
                .body(YES)
                .post(OWN + "/" + agreement + "/acceptances")
                .then()
                .statusCode(404);
        as(stranger).get(OWN + "?programId=" + program).then().body("data", hasSize(0));
    }

    @Test
    void who_is_nobody_is_refused_and_who_is_no_affiliate_yet_reads_the_terms_only() {
        String program = program();
        String agreement = agreement(program, Map.of());
        given().get(OWN).then().statusCode(401);
        String newcomer = "account-" + unique();
        as(newcomer).get(OWN).then().statusCode(403);
        as(newcomer).get(OWN + "/" + agreement).then().statusCode(403);
        String slug = Staff.as("admin").get(PROGRAMS + "/" + program).path("slug");
        for (String name : new String[] {program, slug}) {
            String terms = as(newcomer)
                    .get(OWN + "/current?program=" + name)
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(agreement))
                    .extract()
                    .path("terms");
            assertThat(terms).isEqualTo("Say that it is an ad.");
        }
        as(newcomer).get(OWN + "/current").then().statusCode(400);
        as(newcomer).get(OWN + "/current?program=no-such-program").then().statusCode(404);
        as(newcomer).get(OWN + "/current?program=" + program()).then().statusCode(404);
    }
}
