package dev.tributary.link;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What affiliates do with their own links and campaigns, and that others' are not there for them. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class AffiliateLinksDatabaseTest {
    private static final String LINKS = "/api/affiliate/links";
    private static final String CAMPAIGNS = "/api/affiliate/campaigns";

    @Inject
    Pool pool;

    @Inject
    LinkTargets targets;

    private Promoter ada;
    private Promoter ben;

    @BeforeEach
    void two_of_them() {
        ada = Promoter.in(pool, "UTC");
        ben = Promoter.in(pool, "UTC");
    }

    @Test
    void a_link_leads_to_a_path_of_the_shop() {
        ValidatableResponse made = post(ada, LINKS, Map.of("destination", "/prices?plan=pro", "src", "blog"))
                .statusCode(201)
                .header("Location", startsWith("http"))
                .body("destination", equalTo("https://shop.example/prices?plan=pro"))
                .body("programId", equalTo(ada.programId()))
                .body("campaignId", nullValue())
                .body("status", equalTo("active"));
        String code = made.extract().path("code");
        made.body("url", equalTo("https://tracker.test/r/" + code));
        assertThat(target(code).credited()).isTrue();
    }

    @Test
    void a_link_leads_to_an_address_on_an_allowed_host() {
        post(ada, LINKS, Map.of("destination", "https://blog.shop.example/post", "code", unique()))
                .statusCode(201)
                .body("destination", equalTo("https://blog.shop.example/post"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example/, host_not_allowed",
        "//evil.example/, not_http",
        "javascript:alert(1), not_http",
        "https://shop.example@evil.example/, user_info",
        "/a\\b, malformed",
        "https://shop.example.evil.example/, host_not_allowed",
    })
    void no_link_leads_elsewhere(String destination, String code) {
        for (String path : new String[] {LINKS, LINKS + "/preview"})
            post(ada, path, Map.of("destination", destination))
                    .statusCode(400)
                    .body("errors.field", hasItem("destination"))
                    .body("errors.code", hasItem(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"affiliateId", "enrollmentId", "credited", "balance"})
    void what_is_not_theirs_to_say_is_refused(String field) {
        post(ada, LINKS, Map.of(field, "x")).statusCode(400).body("errors.field", hasItem(field));
    }

    @Test
    void a_code_is_taken_once_whatever_its_case() {
        String code = unique();
        post(ada, LINKS, Map.of("code", code.toUpperCase())).statusCode(201);
        post(ben, LINKS, Map.of("code", code.toLowerCase())).statusCode(409).body("code", equalTo("conflict"));
        post(ben, LINKS, Map.of("code", ada.code())).statusCode(409);
    }

    @Test
    void a_change_keeps_what_it_does_not_name_and_never_the_code() {
        String id = post(ada, LINKS, Map.of("src", "blog", "sub1", "a"))
                .statusCode(201)
                .extract()
                .path("id");

        patch(ada, LINKS + "/" + id, Map.of("status", "paused", "sub1", "b"))
                .statusCode(200)
                .body("status", equalTo("paused"), "src", equalTo("blog"), "sub1", equalTo("b"));
        patch(ada, LINKS + "/" + id, Map.of("code", "OTHER")).statusCode(400).body("errors.code", hasItem("read_only"));
        patch(ada, LINKS + "/" + id, Map.of("programId", ada.programId())).statusCode(400);
    }

    @Test
    void anothers_link_and_campaign_are_not_there() {
        String campaign = campaign(ben, "Spring");

        ada.asks().get(LINKS + "/" + ben.linkId()).then().statusCode(404);
        ada.asks().get(LINKS + "/" + ben.linkId() + "/qr").then().statusCode(406);
        ada.asks()
                .accept("image/png")
                .get(LINKS + "/" + ben.linkId() + "/qr")
                .then()
                .statusCode(404);
        patch(ada, LINKS + "/" + ben.linkId(), Map.of("status", "paused")).statusCode(404);
        ada.asks().get(CAMPAIGNS + "/" + campaign).then().statusCode(404);
        patch(ada, CAMPAIGNS + "/" + campaign, Map.of("name", "Mine")).statusCode(404);
        post(ada, LINKS, Map.of("campaignId", campaign)).statusCode(400).body("errors.field", hasItem("campaignId"));
        ada.asks().get(LINKS).then().statusCode(200).body("data.id", equalTo(java.util.List.of(ada.linkId())));
        ada.asks().get(CAMPAIGNS).then().statusCode(200).body("data", hasSize(0));
        post(ada, LINKS, Map.of("programId", ben.programId())).statusCode(404);
    }

    @Test
    void a_list_is_narrowed_and_comes_as_csv() {
        String campaign = campaign(ada, "Spring");
        String id = post(ada, LINKS, Map.of("campaignId", campaign, "src", "=cmd()"))
                .statusCode(201)
                .extract()
                .path("id");

        ada.asks().get(LINKS + "?campaignId=" + campaign).then().body("data.id", equalTo(java.util.List.of(id)));
        ada.asks()
                .get(LINKS + "?limit=1")
                .then()
                .body("data", hasSize(1))
                .body("nextCursor", org.hamcrest.Matchers.notNullValue());
        ada.asks().get(LINKS + "?affiliateId=x").then().statusCode(400);
        String csv = ada.asks()
                .accept("text/csv")
                .get(LINKS)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(csv.lines()).hasSize(3).first().asString().startsWith("id,code,url,");
        assertThat(csv).contains(",'=cmd(),");
    }

    @Test
    void those_in_several_programs_say_which() {
        UUID second = ada.another();

        post(ada, LINKS, Map.of()).statusCode(400).body("errors.field", hasItem("programId"));
        post(ada, LINKS, Map.of("programId", TypeId.PROGRAM.format(second)))
                .statusCode(201)
                .body("programId", equalTo(TypeId.PROGRAM.format(second)));
    }

    @Test
    void a_campaign_of_another_program_takes_no_links() {
        String campaign = campaign(ada, "Spring");
        UUID second = ada.another();

        post(ada, LINKS, Map.of("programId", TypeId.PROGRAM.format(second), "campaignId", campaign))
                .statusCode(400)
                .body("errors.field", hasItem("campaignId"));
    }

    @Test
    void a_campaign_gives_its_links_their_word_and_takes_it_back() {
        String campaign = campaign(ada, "Spring");
        String code = post(ada, LINKS, Map.of("campaignId", campaign))
                .statusCode(201)
                .extract()
                .path("code");
        assertThat(target(code).utmCampaign()).isEqualTo(ada.code());
        long before = targets.version().await().atMost(Duration.ofSeconds(10));

        patch(ada, CAMPAIGNS + "/" + campaign, Map.of("utmCampaign", "spring-26"))
                .statusCode(200)
                .body("utmCampaign", equalTo("spring-26"), "links", equalTo(1));

        assertThat(target(code).utmCampaign()).isEqualTo("spring-26");
        assertThat(targets.changed(before, new UUID(0, 0)).await().atMost(Duration.ofSeconds(10)))
                .extracting(LinkTarget::codeKey)
                .contains(code.toUpperCase());
        String id = ada.asks().get(LINKS + "?code=" + code).then().extract().path("data[0].id");
        patch(ada, LINKS + "/" + id, Collections.singletonMap("campaignId", null))
                .statusCode(200)
                .body("campaignId", nullValue());
        assertThat(target(code).utmCampaign()).isEqualTo(ada.code());
    }

    @Test
    void a_campaign_is_checked() {
        String id = campaign(ada, "Spring");
        post(ada, CAMPAIGNS, Map.of("name", "SPRING")).statusCode(409);
        campaign(ben, "Spring");
        post(ada, CAMPAIGNS, Map.of()).statusCode(400).body("errors.field", hasItem("name"));
        post(ada, CAMPAIGNS, Map.of("name", "x", "utmCampaign", "a b")).statusCode(400);
        post(ada, CAMPAIGNS, Map.of("name", "x", "startsOn", "2026-03-02", "endsOn", "2026-03-01"))
                .statusCode(400)
                .body("errors.field", hasItem("endsOn"));
        post(ada, CAMPAIGNS, Map.of("name", "x", "startsOn", "2026-02-30")).statusCode(400);
        patch(ada, CAMPAIGNS + "/" + id, Map.of("startsOn", "2026-03-01"))
                .statusCode(200)
                .body("startsOn", equalTo("2026-03-01"), "endsOn", nullValue());
        patch(ada, CAMPAIGNS + "/" + id, Collections.singletonMap("startsOn", null))
                .statusCode(200)
                .body("startsOn", nullValue());
    }

    @Test
    void a_preview_tells_the_address_that_the_redirect_leads_to() {
        String campaign = campaign(ada, "Spring");
        patch(ada, CAMPAIGNS + "/" + campaign, Map.of("utmCampaign", "spring-26"))
                .statusCode(200);
        Map<String, Object> wish = Map.of("destination", "/prices", "src", "my blog", "campaignId", campaign);

        post(ada, LINKS + "/preview", wish)
                .statusCode(200)
                .body(
                        "url",
                        equalTo("https://tracker.test/r/" + ada.code()
                                + "?to=https%3A%2F%2Fshop.example%2Fprices&src=my%20blog"))
                .body(
                        "finalUrl",
                        equalTo("https://shop.example/prices?ref=" + ada.code()
                                + "&src=my%20blog&utm_source=eco&utm_medium=affiliate&utm_campaign=spring-26"
                                + "&utm_content=my%20blog"));
        ada.asks().get(LINKS).then().body("data", hasSize(1));
        String code = unique();
        post(ada, LINKS + "/preview", Map.of("code", code))
                .body("url", equalTo("https://tracker.test/r/" + code))
                .body(
                        "finalUrl",
                        equalTo("https://shop.example/welcome?ref=" + ada.code()
                                + "&utm_source=eco&utm_medium=affiliate&utm_campaign=" + ada.code()));
    }

    @Test
    void the_pages_of_the_program_are_offered() {
        query(
                "INSERT INTO program_page (program_id, position, name, path) VALUES ($1, 1, 'Prices', '/prices')",
                ada.id());

        ada.asks()
                .get(LINKS + "/pages")
                .then()
                .statusCode(200)
                .body("data.name", equalTo(java.util.List.of("Landing page", "Prices")))
                .body("data[1].url", equalTo("https://shop.example/prices"))
                .body("data[1].destination", equalTo("/prices"))
                .body("allowedHosts", hasItem("*.shop.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspended", "paused", "pending"})
    void who_is_not_active_makes_nothing_new_and_keeps_what_there_is(String status) {
        query("UPDATE affiliate SET status = $2 WHERE id = $1", ada.id(), status);

        post(ada, LINKS, Map.of()).statusCode(403).contentType("application/problem+json");
        post(ada, CAMPAIGNS, Map.of("name", "x")).statusCode(403);
        ada.asks().get(LINKS).then().statusCode(200).body("data", hasSize(1));
    }

    @Test
    void terms_must_be_accepted_first() {
        query(
                "INSERT INTO agreement (id, program_id, number, title, terms, valid_from, created_at)"
                        + " VALUES ($1, $1, 1, 'Terms', 'Be fair.', now() - interval '1 day', now())",
                ada.id());

        post(ada, LINKS, Map.of()).statusCode(403).body("code", equalTo("agreement_required"));
        patch(ada, LINKS + "/" + ada.linkId(), Map.of("src", "blog")).statusCode(200);
    }

    @Test
    void one_key_makes_one_link() {
        String key = unique();
        String first = ada.asks()
                .header("Idempotency-Key", key)
                .body(Map.of())
                .post(LINKS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String again = ada.asks()
                .header("Idempotency-Key", key)
                .body(Map.of())
                .post(LINKS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String others = ben.asks()
                .header("Idempotency-Key", key)
                .body(Map.of())
                .post(LINKS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        assertThat(again).isEqualTo(first);
        assertThat(others).isNotEqualTo(first);
    }

    @Test
    void a_link_has_a_qr_code() {
        String qr = LINKS + "/" + ada.linkId() + "/qr";
        byte[] png = ada.asks()
                .accept("*/*")
                .get(qr + "?size=128&src=poster")
                .then()
                .statusCode(200)
                .contentType("image/png")
                .extract()
                .asByteArray();
        assertThat(png).startsWith(0x89, 'P', 'N', 'G');
        String svg = ada.asks()
                .accept("*/*")
                .get(qr + "?format=svg")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(svg).startsWith("<?xml").contains("<svg");
        for (String wrong : new String[] {"size=0", "size=9999", "format=gif", "colour=red", "src=" + "a".repeat(101)})
            ada.asks().accept("*/*").get(qr + "?" + wrong).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {LINKS, CAMPAIGNS, LINKS + "/pages"})
    void it_takes_an_affiliates_token(String path) {
        given().get(path).then().statusCode(401);
        given().auth().oauth2(Tokens.of("admin")).get(path).then().statusCode(403);
        given().auth().oauth2(Tokens.as(unique(), "affiliate")).get(path).then().statusCode(403);
    }

    private LinkTarget target(String code) {
        return targets.byCode(code.toUpperCase())
                .await()
                .atMost(Duration.ofSeconds(10))
                .orElseThrow();
    }

    private static String campaign(Promoter who, String name) {
        return post(who, CAMPAIGNS, Map.of("name", name))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static ValidatableResponse post(Promoter who, String path, Map<String, ?> body) {
        return who.asks().body(body).post(path).then();
    }

    private static ValidatableResponse patch(Promoter who, String path, Map<String, ?> body) {
        return who.asks().body(body).patch(path).then();
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 13);
    }

    private void query(String sql, Object... arguments) {
        pool.preparedQuery(sql).execute(Tuple.from(arguments)).await().atMost(Duration.ofSeconds(10));
    }
}
