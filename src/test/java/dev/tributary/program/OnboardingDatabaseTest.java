package dev.tributary.program;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the form to the code: registration, decisions and what an approval brings about. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
public class OnboardingDatabaseTest {
    private static final String REGISTER = "/api/affiliate/register";
    private static final String OWN = "/api/affiliate/applications/";
    private static final String QUEUE = "/api/admin/applications";

    public static RequestSpecification admin() {
        return with(Tokens.of("admin"));
    }

    public static RequestSpecification person(String subject) {
        return with(Tokens.as(subject, "affiliate"));
    }

    private static RequestSpecification with(String token) {
        return given().auth().oauth2(token).accept("application/json").contentType("application/json");
    }

    public static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    public static String program(Map<String, ?> more) {
        Map<String, Object> body =
                new HashMap<>(Map.of("name", "P", "slug", "p" + unique(), "landingUrl", "https://shop.example.com/"));
        body.put("currency", "USD");
        body.putAll(more);
        return admin().body(body)
                .post("/api/admin/programs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    public static String agreement(String program) {
        return admin().body(Map.of("title", "Terms", "terms", "Be honest."))
                .post("/api/admin/programs/" + program + "/agreements")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    public static Map<String, Object> form(String program) {
        Map<String, Object> form = new HashMap<>();
        form.put("program", program);
        form.put("name", "Eco " + unique());
        form.put("email", unique() + "@example.com");
        form.put("country", "DE");
        form.put("partnerType", "influencer");
        form.put("channels", List.of(Map.of("kind", "blog", "url", "https://eco.example/", "audience", 1200)));
        form.put("promotion", "Posts about refills");
        return form;
    }

    private static Map<String, Object> form(String program, String field, Object value) {
        Map<String, Object> form = form(program);
        form.put(field, value);
        return form;
    }

    private static ValidatableResponse register(String subject, Map<String, ?> form) {
        return person(subject).body(form).post(REGISTER).then();
    }

    public static String registered(String subject, Map<String, ?> form) {
        return register(subject, form).statusCode(201).extract().path("id");
    }

    public static ValidatableResponse decide(String application, String verb, Map<String, ?> body) {
        return admin().body(body).post(QUEUE + "/" + application + "/" + verb).then();
    }

    private static void awaitRedirect(String code) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (given().redirects().follow(false).get("/r/" + code).statusCode() != 302) {
            assertThat(System.nanoTime()).as("no link for " + code).isLessThan(deadline);
            Thread.yield();
        }
    }

    @Test
    void who_registers_and_is_approved_has_a_code_that_redirects() {
        String program = program(Map.of());
        String subject = unique();
        String wanted = "ECO" + unique().toUpperCase();
        ValidatableResponse made = register(subject, form(program, "wantedCode", wanted))
                .statusCode(201)
                .body("status", equalTo("submitted"), "kycStatus", equalTo("review"), "referralCode", nullValue());
        String id = made.extract().path("id");
        assertThat(made.extract().header("Location")).endsWith(OWN + id);
        admin().get(QUEUE + "?status=submitted&partnerType=influencer&programId=" + program)
                .then()
                .statusCode(200)
                .body("data", hasSize(1), "data[0].affiliateStatus", equalTo("pending"));
        decide(id, "approve", Map.of())
                .statusCode(200)
                .body(
                        "status",
                        equalTo("approved"),
                        "referralCode",
                        equalTo(wanted),
                        "affiliateStatus",
                        equalTo("active"),
                        "kycStatus",
                        equalTo("clear"),
                        "decidedBy",
                        equalTo("tester"));
        awaitRedirect(wanted);
        person(subject)
                .get(OWN + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("approved"), "referralCode", equalTo(wanted), "$", not(hasKey("decidedBy")));
        admin().get("/api/admin/programs/" + program + "/enrollments")
                .then()
                .body("data", hasSize(1), "data[0].status", equalTo("active"));
    }

    private static org.hamcrest.Matcher<Map<? extends String, ?>> hasKey(String key) {
        return org.hamcrest.Matchers.hasKey(key);
    }

    @Test
    void another_code_is_made_where_the_wanted_one_is_taken_by_the_time_of_the_approval() {
        String program = program(Map.of());
        String wanted = "W" + unique().toUpperCase();
        String first = registered(unique(), form(program, "wantedCode", wanted));
        String second = registered(unique(), form(program, "wantedCode", wanted.toLowerCase()));
        decide(first, "approve", Map.of()).statusCode(200).body("referralCode", equalTo(wanted));
        decide(second, "approve", Map.of()).statusCode(200).body("referralCode", equalTo(wanted.toLowerCase() + "-2"));
        register(unique(), form(program, "wantedCode", wanted))
                .statusCode(400)
                .body("errors[0].field", equalTo("wantedCode"), "errors[0].code", equalTo("taken"));
        String third = registered(unique(), form(program));
        decide(third, "approve", Map.of("referralCode", wanted)).statusCode(409);
        admin().get(QUEUE + "/" + third)
                .then()
                .body("status", equalTo("submitted"), "affiliateStatus", equalTo("pending"));
    }

    @Test
    void more_is_asked_for_answered_and_decided_once() {
        String program = program(Map.of());
        String subject = unique();
        String id = registered(subject, form(program));
        person(subject).body(Map.of("promotion", "x")).patch(OWN + id).then().statusCode(409);
        decide(id, "request-info", Map.of()).statusCode(400).body("errors[0].field", equalTo("reason"));
        decide(id, "request-info", Map.of("reason", "Where?")).statusCode(200).body("status", equalTo("more_info"));
        person(subject)
                .body(Map.of("promotion", "On my blog"))
                .patch(OWN + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("submitted"), "promotion", equalTo("On my blog"), "reason", equalTo("Where?"));
        decide(id, "reject", Map.of("reason", "Not for us"))
                .statusCode(200)
                .body("status", equalTo("rejected"), "decidedAt", notNullValue());
        decide(id, "approve", Map.of()).statusCode(409).body("code", equalTo("conflict"));
        person(subject).get(OWN).then().body("data", hasSize(1), "data[0].reason", equalTo("Not for us"));
        registered(subject, Map.of("program", program, "promotion", "Better now"));
    }

    @Test
    void an_application_of_another_account_is_not_found() {
        String id = registered(unique(), form(program(Map.of())));
        String other = unique();
        registered(other, form(program(Map.of())));
        person(other).get(OWN + id).then().statusCode(404);
        person(other).body(Map.of("promotion", "x")).patch(OWN + id).then().statusCode(404);
        person(other).post(OWN + id + "/withdraw").then().statusCode(404);
        person(other).get(OWN).then().body("data", hasSize(1), "data[0].id", not(equalTo(id)));
        person(unique()).get(OWN + id).then().statusCode(403);
    }

    @Test
    void an_application_that_was_taken_back_makes_room_for_another() {
        String program = program(Map.of());
        String subject = unique();
        String id = registered(subject, form(program));
        register(subject, Map.of("program", program)).statusCode(409);
        person(subject).post(OWN + id + "/withdraw").then().statusCode(200).body("status", equalTo("withdrawn"));
        decide(id, "approve", Map.of()).statusCode(409);
        registered(subject, Map.of("program", program));
    }

    @Test
    void an_account_applies_for_a_second_program_as_the_same_affiliate() {
        String subject = unique();
        String first = registered(subject, form(program(Map.of())));
        String second = program(Map.of());
        register(subject, Map.of("program", second, "name", "Somebody else", "recruiterCode", "BEN"))
                .statusCode(400)
                .body("errors.field", equalTo(List.of("name", "recruiterCode")));
        String id = registered(subject, Map.of("program", second));
        String affiliate = admin().get(QUEUE + "/" + first).path("affiliateId");
        admin().get(QUEUE + "/" + id).then().body("affiliateId", equalTo(affiliate));
    }

    @Test
    void who_is_turned_down_too_often_does_not_apply_again() {
        String program = program(Map.of());
        String subject = unique();
        for (int i = 0; i < Registrations.MOST; i++) {
            String id = registered(subject, i == 0 ? form(program) : Map.of("program", program));
            decide(id, "reject", Map.of("reason", "No")).statusCode(200);
        }
        register(subject, Map.of("program", program)).statusCode(409);
    }

    @Test
    void a_program_with_terms_wants_the_valid_version_accepted() {
        String program = program(Map.of());
        String agreement = agreement(program);
        String subject = unique();
        Map<String, Object> form = form(program);
        register(subject, form).statusCode(400).body("errors[0].field", equalTo("agreementId"));
        form.put("agreementId", agreement);
        register(subject, form).statusCode(400).body("errors[0].field", equalTo("accepted"));
        form.put("accepted", true);
        String newer = agreement(program);
        register(subject, form).statusCode(400).body("errors[0].code", equalTo("outdated"));
        form.put("agreementId", newer);
        String id = register(subject, form)
                .statusCode(201)
                .body("termsVersion", equalTo(2))
                .extract()
                .path("id");
        decide(id, "approve", Map.of()).statusCode(200);
        admin().get("/api/admin/programs/" + program + "/agreements/" + newer + "/acceptances")
                .then()
                .statusCode(200)
                .body("data", hasSize(1), "data[0].acceptedBy", equalTo(subject));
    }

    @Test
    void a_program_that_approves_by_itself_takes_who_is_known() {
        String subject = unique();
        String open = program(Map.of("autoApprove", true));
        String first = register(subject, form(open))
                .statusCode(201)
                .body("status", equalTo("submitted"))
                .extract()
                .path("id");
        admin().body(Map.of("status", "clear"))
                .post(QUEUE + "/" + first + "/kyc")
                .then()
                .statusCode(200)
                .body("status", equalTo("approved"), "decidedBy", equalTo("auto"));
        register(subject, Map.of("program", program(Map.of("autoApprove", true))))
                .statusCode(201)
                .body("status", equalTo("approved"), "referralCode", startsWith("P"));
    }

    @Test
    void who_was_refused_by_the_check_is_not_approved() {
        String id = registered(unique(), form(program(Map.of())));
        admin().body(Map.of("status", "refused"))
                .post(QUEUE + "/" + id + "/kyc")
                .then()
                .statusCode(200)
                .body("kycStatus", equalTo("refused"), "kycBy", equalTo("tester"));
        decide(id, "approve", Map.of()).statusCode(409);
        decide(id, "reject", Map.of("reason", "No")).statusCode(200);
    }

    @Test
    void the_recruiter_is_who_has_the_code_and_must_be_in_a_program() {
        String program = program(Map.of());
        String first = registered(unique(), form(program));
        String code = decide(first, "approve", Map.of()).extract().path("referralCode");
        String recruiter = admin().get(QUEUE + "/" + first).path("affiliateId");
        String second = registered(unique(), form(program, "recruiterCode", code.toLowerCase()));
        String affiliate = admin().get(QUEUE + "/" + second).path("affiliateId");
        admin().get("/api/admin/affiliates/" + affiliate).then().body("recruiterId", equalTo(recruiter));
        register(unique(), form(program, "recruiterCode", "NOBODY" + unique()))
                .statusCode(400)
                .body("errors[0].field", equalTo("recruiterCode"));
    }

    @ParameterizedTest
    @CsvSource({
        "program, no-such-program, unknown",
        "program, '', required",
        "email, nobody, malformed",
        "name, '', required",
        "country, Germany, malformed",
        "wantedCode, a b, malformed",
        "agreementId, nonsense, malformed",
        "status, approved, unknown_field",
        "role, admin, unknown_field",
    })
    void a_bad_form_is_refused_with_its_field(String field, String value, String code) {
        register(unique(), form(program(Map.of()), field, value))
                .statusCode(400)
                .body("errors[0].field", equalTo(field), "errors[0].code", equalTo(code));
    }

    @Test
    void a_taken_address_and_an_inactive_program_are_refused() {
        String program = program(Map.of());
        Map<String, Object> form = form(program);
        registered(unique(), form);
        register(unique(), form).statusCode(409);
        register(unique(), form(program(Map.of("active", false)))).statusCode(400);
    }

    @Test
    void an_account_that_tries_too_often_is_told_to_wait() {
        String subject = unique();
        for (int i = 0; i < 20; i++)
            register(subject, Map.of("program", "none-" + i)).statusCode(400);
        register(subject, Map.of("program", "none"))
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("rate_limited"));
        register(unique(), Map.of("program", "none")).statusCode(400);
    }

    @Test
    void a_retried_registration_with_its_key_is_one_application() {
        String program = program(Map.of());
        Map<String, Object> form = form(program);
        String subject = unique();
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < 2; i++)
            ids.add(person(subject)
                    .header("Idempotency-Key", "retry-" + subject)
                    .body(form)
                    .post(REGISTER)
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id"));
        assertThat(ids).hasSize(1);
    }

    @Test
    void a_bulk_of_decisions_tells_of_each_and_goes_on() {
        String program = program(Map.of());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) ids.add(registered(unique(), form(program)));
        decide(ids.get(0), "reject", Map.of("reason", "No")).statusCode(200);
        Map<String, Object> body = Map.of(
                "decisions",
                List.of(
                        Map.of("applicationId", ids.get(0), "decision", "approve"),
                        Map.of("applicationId", ids.get(1), "decision", "approve"),
                        Map.of("applicationId", ids.get(2), "decision", "request_info", "reason", "Where?"),
                        Map.of("applicationId", "app_01h455vb4pex5vsknk084sn02q", "decision", "approve")));
        String key = "bulk-" + unique();
        for (int i = 0; i < 2; i++)
            admin().header("Idempotency-Key", key)
                    .body(body)
                    .post(QUEUE + "/decisions")
                    .then()
                    .statusCode(200)
                    .body("outcomes.done", equalTo(List.of(false, true, true, false)))
                    .body("outcomes.code", equalTo(java.util.Arrays.asList("conflict", null, null, "not_found")));
        admin().get(QUEUE + "?status=approved&programId=" + program).then().body("data", hasSize(1));
        admin().get(QUEUE + "?status=more_info&programId=" + program).then().body("data", hasSize(1));
    }

    @Test
    void a_bulk_with_a_mistake_is_refused_whole() {
        String id = registered(unique(), form(program(Map.of())));
        Map<String, Object> body = Map.of(
                "decisions",
                List.of(
                        Map.of("applicationId", id, "decision", "approve"),
                        Map.of("applicationId", id, "decision", "reject")));
        admin().body(body)
                .post(QUEUE + "/decisions")
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("decisions[1].applicationId", "decisions[1].reason")));
        admin().body(Map.of("decisions", List.of()))
                .post(QUEUE + "/decisions")
                .then()
                .statusCode(400);
        admin().get(QUEUE + "/" + id).then().body("status", equalTo("submitted"));
    }

    @Test
    void an_approval_and_what_it_brought_about_stand_in_the_record() {
        String id = registered(unique(), form(program(Map.of())));
        decide(id, "approve", Map.of()).statusCode(200);
        admin().get("/api/admin/audit?objectId=" + id)
                .then()
                .statusCode(200)
                .body("data.action", equalTo(List.of("application.approve", "application.create")))
                .body("data[0].after.email", equalTo("[redacted]"));
    }

    @Test
    void approving_at_once_by_many_makes_one_enrollment() throws Exception {
        String program = program(Map.of());
        String id = registered(unique(), form(program));
        List<Thread> threads = new ArrayList<>();
        List<Integer> answers = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 8; i++)
            threads.add(new Thread(
                    () -> answers.add(decide(id, "approve", Map.of()).extract().statusCode())));
        threads.forEach(Thread::start);
        for (Thread thread : threads) thread.join();
        assertThat(answers).containsOnlyOnce(200).contains(409);
        admin().get("/api/admin/programs/" + program + "/enrollments").then().body("data", hasSize(1));
    }
}
