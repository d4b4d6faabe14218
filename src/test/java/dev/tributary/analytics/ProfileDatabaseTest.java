package dev.tributary.analytics;

import static dev.tributary.program.OnboardingDatabaseTest.admin;
import static dev.tributary.program.OnboardingDatabaseTest.agreement;
import static dev.tributary.program.OnboardingDatabaseTest.decide;
import static dev.tributary.program.OnboardingDatabaseTest.form;
import static dev.tributary.program.OnboardingDatabaseTest.person;
import static dev.tributary.program.OnboardingDatabaseTest.program;
import static dev.tributary.program.OnboardingDatabaseTest.registered;
import static dev.tributary.program.OnboardingDatabaseTest.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What affiliates see and change of themselves. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ProfileDatabaseTest {
    private static final String PROFILE = "/api/affiliate/profile";

    private static String approved(String subject, Map<String, ?> form) {
        return decide(registered(subject, form), "approve", Map.of())
                .statusCode(200)
                .extract()
                .path("referralCode");
    }

    private static void tier(String program, String name, int rank, int conversions) {
        Map<String, Object> body = Map.of(
                "name",
                name,
                "rank",
                rank,
                "minConversions",
                conversions,
                "minRevenue",
                Map.of("amount", 0, "currency", "USD"),
                "rateBps",
                1_000 + rank,
                "perks",
                List.of(Map.of("icon", "rocket", "title", "Perk of " + name)));
        admin().body(body)
                .post("/api/admin/programs/" + program + "/tiers")
                .then()
                .statusCode(201);
    }

    @Test
    void it_tells_the_tier_the_way_to_the_next_and_its_perks() {
        String program = program(Map.of());
        tier(program, "Silver", 20, 10);
        tier(program, "Bronze", 10, 0);
        String subject = unique();
        String code = approved(subject, form(program));
        person(subject)
                .get(PROFILE)
                .then()
                .statusCode(200)
                .body("status", equalTo("active"), "programs", hasSize(1))
                .body("membership.referralCode", equalTo(code))
                .body("membership.tier.name", equalTo("Bronze"))
                .body("membership.nextTier.name", equalTo("Silver"))
                .body("membership.nextTier.perks[0].title", equalTo("Perk of Silver"))
                .body("membership.progress.conversions", equalTo(0))
                .body("membership.progress.revenue.currency", equalTo("USD"))
                .body("membership.progress.shareBps", equalTo(0))
                .body("membership.agreement", nullValue());
    }

    @Test
    void a_tier_that_staff_set_shows_and_cannot_be_one_of_another_program() {
        String program = program(Map.of());
        tier(program, "Gold", 30, 100);
        String subject = unique();
        approved(subject, form(program));
        String gold = admin().get("/api/admin/programs/" + program + "/tiers").path("data[0].id");
        String at = "/api/admin/programs/" + program + "/enrollments";
        String enrollment = admin().get(at).path("data[0].id");
        String other = program(Map.of());
        tier(other, "Gold", 30, 100);
        String foreign = admin().get("/api/admin/programs/" + other + "/tiers").path("data[0].id");
        admin().body(Map.of("tierId", foreign))
                .patch(at + "/" + enrollment)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("tierId"));
        admin().body(Map.of("tierId", gold)).patch(at + "/" + enrollment).then().statusCode(200);
        person(subject)
                .get(PROFILE)
                .then()
                .body("membership.tier.name", equalTo("Gold"), "membership.nextTier", nullValue())
                .body("membership.progress.shareBps", equalTo(10_000));
        admin().delete("/api/admin/programs/" + program + "/tiers/" + gold)
                .then()
                .statusCode(409);
    }

    @Test
    void with_several_programs_one_is_shown_when_it_is_asked_for() {
        String subject = unique();
        String first = program(Map.of());
        String second = program(Map.of());
        approved(subject, form(first));
        approved(subject, Map.of("program", second));
        person(subject).get(PROFILE).then().body("programs", hasSize(2), "membership", nullValue());
        person(subject)
                .get(PROFILE + "?programId=" + second)
                .then()
                .statusCode(200)
                .body("membership.programId", equalTo(second));
        person(subject).get(PROFILE + "?programId=" + program(Map.of())).then().statusCode(404);
        person(subject).get(PROFILE + "?program=" + second).then().statusCode(400);
    }

    @Test
    void a_newer_agreement_shows_as_not_accepted() {
        String program = program(Map.of());
        Map<String, Object> form = form(program);
        form.put("agreementId", agreement(program));
        form.put("accepted", true);
        String subject = unique();
        approved(subject, form);
        person(subject)
                .get(PROFILE)
                .then()
                .body("membership.agreement.number", equalTo(1), "membership.agreement.acceptedAt", notNullValue())
                .body("membership.agreement.mayCreate", equalTo(true));
        agreement(program);
        person(subject)
                .get(PROFILE)
                .then()
                .body("membership.agreement.number", equalTo(2), "membership.agreement.acceptedAt", nullValue())
                .body("membership.agreement.mayCreate", equalTo(false));
    }

    @Test
    void what_is_changed_is_what_was_sent_and_nothing_else() {
        String subject = unique();
        Map<String, Object> form = form(program(Map.of()));
        registered(subject, form);
        person(subject)
                .body(Map.of("displayName", "Eco", "leaderboardOptIn", true))
                .patch(PROFILE)
                .then()
                .statusCode(200)
                .body("displayName", equalTo("Eco"), "leaderboardOptIn", equalTo(true))
                .body("promotion", equalTo(form.get("promotion")), "status", equalTo("pending"));
        person(subject).get(PROFILE).then().body("displayName", equalTo("Eco"), "name", equalTo(form.get("name")));
    }

    @ParameterizedTest
    @CsvSource({
        "status, active, unknown_field",
        "email, a@example.com, unknown_field",
        "balance, 1, unknown_field",
        "displayName, 'a\tb', malformed",
        "leaderboardOptIn, maybe, wrong_type",
    })
    void what_affiliates_may_not_change_is_refused(String field, String value, String code) {
        String subject = unique();
        registered(subject, form(program(Map.of())));
        person(subject)
                .body(Map.of(field, value))
                .patch(PROFILE)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field), "errors[0].code", equalTo(code));
    }

    @Test
    void an_account_without_an_affiliate_has_no_profile() {
        person(unique()).get(PROFILE).then().statusCode(403);
        admin().get(PROFILE).then().statusCode(403);
        assertThat(io.restassured.RestAssured.get(PROFILE).statusCode()).isEqualTo(401);
    }
}
