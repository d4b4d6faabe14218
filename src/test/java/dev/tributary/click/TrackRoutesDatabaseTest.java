package dev.tributary.click;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class TrackRoutesDatabaseTest {
    private static final String CLICK_ID = "clk_[0-9a-hjkmnp-tv-z]{26}";
    private static final String VISITOR_ID = "vis_[0-9a-hjkmnp-tv-z]{26}";
    private static final String SOME_CLICK = "clk_01h455vb4pex5vsknk084sn02q";
    private static final String SOME_VISITOR = "vis_01h455vb4pex5vsknk084sn02q";

    @Inject
    Clicks clicks;

    @Inject
    Transactions transactions;

    private TrackedLinks links;

    @BeforeEach
    void open() throws IOException {
        clicks.open();
        links = new TrackedLinks(transactions);
    }

    @Test
    void a_visit_is_recorded_and_gets_ids_to_keep() {
        String code = links.active(true);
        post(new JsonObject().put("ref", code).put("src", "youtube"))
                .statusCode(201)
                .contentType("application/json")
                .header("Access-Control-Allow-Origin", "*")
                .header("Cache-Control", "no-store")
                .body("clickId", matchesPattern(CLICK_ID))
                .body("visitorId", matchesPattern(VISITOR_ID))
                .body("windowDays", equalTo(TrackedLinks.WINDOW_DAYS))
                .body("honorGpc", equalTo(true));
    }

    @Test
    void everything_a_page_tells_is_on_disk_before_the_answer() throws IOException {
        String code = links.active(true);
        JsonObject body = new JsonObject()
                .put("ref", code)
                .put("src", "youtube")
                .put("sub2", "b")
                .put("visitorId", SOME_VISITOR)
                .put("landingPage", "https://shop.example/pricing")
                .put("referrer", "https://www.youtube.com/watch")
                .put("externalClickId", "net-77")
                .put("adParams", new JsonObject().put("gclid", "G1"));
        String id = given().header("User-Agent", "Test/1")
                .header("Accept-Language", "de")
                .header("Sec-Fetch-Mode", "cors")
                .body(body.encode())
                .post(TrackRoutes.PATH)
                .path("clickId");
        Click click = Journalled.byId(clicks.journal(), id);
        assertThat(click.origin()).isEqualTo(Click.Origin.SCRIPT);
        assertThat(click.intent()).isEqualTo(Click.Intent.VISIT);
        assertThat(click.credited()).isTrue();
        assertThat(click.returning()).isTrue();
        assertThat(click.visitorId())
                .isEqualTo(TypeId.VISITOR.parse(SOME_VISITOR).orElseThrow());
        assertThat(click.ip()).isEqualTo("127.0.0.1");
        assertThat(click.userAgent()).isEqualTo("Test/1");
        assertThat(click.acceptLanguage()).isEqualTo("de");
        assertThat(click.fetchMode()).isEqualTo("cors");
        assertThat(click.src()).isEqualTo("youtube");
        assertThat(click.subs()).containsExactly("", "b", "", "", "");
        assertThat(click.landingPage()).isEqualTo("https://shop.example/pricing");
        assertThat(click.referrer()).isEqualTo("https://www.youtube.com/watch");
        assertThat(click.externalClickId()).isEqualTo("net-77");
        assertThat(click.adParams()).isEqualTo("{\"gclid\":\"G1\"}");
    }

    @Test
    void a_known_visitor_keeps_the_id_and_a_code_may_come_in_any_case() {
        String code = links.active(true);
        post(new JsonObject().put("ref", code.toLowerCase()).put("visitorId", SOME_VISITOR))
                .statusCode(201)
                .body("visitorId", equalTo(SOME_VISITOR));
    }

    @Test
    void a_visit_that_came_through_the_redirect_is_not_recorded_again() {
        String code = links.active(true);
        long before = clicks.journal().appended();
        post(new JsonObject().put("ref", code).put("clickId", SOME_CLICK))
                .statusCode(200)
                .body("clickId", equalTo(SOME_CLICK))
                .body("visitorId", matchesPattern(VISITOR_ID));
        assertThat(clicks.journal().appended()).isEqualTo(before);
    }

    @Test
    void global_privacy_control_keeps_a_visitor_without_ids_where_the_program_honours_it() {
        String code = links.active(true);
        post(new JsonObject().put("ref", code).put("gpc", true).put("visitorId", SOME_VISITOR))
                .statusCode(201)
                .body("clickId", nullValue())
                .body("visitorId", nullValue())
                .body("honorGpc", equalTo(true));
        given().header("Sec-GPC", "1")
                .body(new JsonObject()
                        .put("ref", code)
                        .put("clickId", SOME_CLICK)
                        .encode())
                .post(TrackRoutes.PATH)
                .then()
                .statusCode(200)
                .body("clickId", nullValue())
                .body("visitorId", nullValue());
    }

    @Test
    void global_privacy_control_changes_nothing_where_the_program_does_not_honour_it() {
        post(new JsonObject().put("ref", links.active(false)).put("gpc", true))
                .statusCode(201)
                .body("clickId", matchesPattern(CLICK_ID))
                .body("honorGpc", equalTo(false));
    }

    @Test
    void a_paused_link_records_without_credit_and_gives_no_click_id() {
        post(new JsonObject().put("ref", links.paused()))
                .statusCode(201)
                .body("clickId", nullValue())
                .body("visitorId", matchesPattern(VISITOR_ID));
    }

    @Test
    void an_unknown_code_is_a_problem_that_the_page_may_read() {
        problem(post(new JsonObject().put("ref", "NO-SUCH-CODE")), 404, "not_found");
        problem(post(new JsonObject().put("ref", "../../etc")), 404, "not_found");
    }

    @Test
    void unknown_fields_and_long_tags_are_refused_by_name() {
        JsonObject body =
                new JsonObject().put("ref", "ECO10").put("src", "x".repeat(101)).put("status", "paid");
        problem(post(body), 400, "invalid_request")
                .body("errors.field", hasItem("src"))
                .body("errors.field", hasItem("status"));
    }

    @Test
    void what_is_no_json_object_is_refused() {
        for (String body :
                new String[] {"", "null", "[]", "7", "\"x\"", "{\"ref\":", "{\"ref\":\"a\"} trailing", "\u0000"}) {
            problem(post(body), 400, "invalid_request");
        }
    }

    @Test
    void hostile_json_gets_an_answer() {
        problem(post("{\"ref\":\"A1\",\"adParams\":" + "[".repeat(4_000)), 400, "invalid_request");
        problem(post("{\"ref\":\"A1\",\"src\":" + "9".repeat(4_000) + "}"), 400, "invalid_request");
        problem(
                given().contentType("text/plain")
                        .body(new byte[] {'{', (byte) 0xff, (byte) 0xfe, '}'})
                        .post(TrackRoutes.PATH)
                        .then(),
                400,
                "invalid_request");
    }

    @Test
    void half_a_character_does_not_stop_a_click() throws IOException {
        String code = links.active(true);
        String id = post("{\"ref\":\"" + code + "\",\"src\":\"a\\ud83d\"}")
                .statusCode(201)
                .extract()
                .path("clickId");
        assertThat(Journalled.byId(clicks.journal(), id).src()).isEqualTo("a?");
    }

    @Test
    void large_bodies_are_refused_and_the_next_request_is_served() {
        problem(post("x".repeat(TrackRoutes.BODY_LIMIT + 1)), 413, "too_large");
        problem(post("x".repeat(900_000)), 413, "too_large");
        post(new JsonObject().put("ref", links.active(true))).statusCode(201);
    }

    @Test
    void other_types_and_methods_are_refused() {
        problem(
                given().contentType("application/xml")
                        .body("<x/>")
                        .post(TrackRoutes.PATH)
                        .then(),
                415,
                "unsupported_media_type");
        problem(given().get(TrackRoutes.PATH).then(), 405, "method_not_allowed").header("Allow", "POST, OPTIONS");
    }

    @Test
    void a_page_that_sends_application_json_passes_its_preflight() {
        given().header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .options(TrackRoutes.PATH)
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "POST")
                .header("Access-Control-Allow-Headers", "content-type");
    }

    @Test
    void the_script_is_served_compressed_and_revalidated() {
        RestAssuredConfig raw = RestAssuredConfig.config()
                .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders());
        Response first = given().config(raw).header("Accept-Encoding", "gzip").get("/t.js?v=1");
        first.then()
                .statusCode(200)
                .contentType("text/javascript; charset=utf-8")
                .header("Content-Encoding", "gzip")
                .header("Vary", "Accept-Encoding")
                .header("Cache-Control", "public, max-age=3600");
        assertThat(first.asByteArray()).hasSizeLessThan(3_000);
        given().config(raw)
                .header("Accept-Encoding", "gzip")
                .header("If-None-Match", first.header("ETag"))
                .get("/t.js")
                .then()
                .statusCode(304)
                .header("ETag", first.header("ETag"));
        Response plain =
                given().config(raw).header("Accept-Encoding", "identity").get("/t.js");
        assertThat(plain.asByteArray()).isEqualTo(TrackerRoute.read());
        assertThat(plain.header("ETag")).isNotEqualTo(first.header("ETag"));
        given().head("/t.js").then().statusCode(200);
        problem(given().post("/t.js").then(), 405, "method_not_allowed");
    }

    @Test
    void the_contract_names_both_operations() {
        given().queryParam("format", "json")
                .get("/openapi")
                .then()
                .statusCode(200)
                .body("paths.'/api/track/click'.post.operationId", equalTo("trackClick"))
                .body("paths.'/t.js'.get.operationId", equalTo("getTracker"))
                .body("components.schemas.TrackEvent.required", hasItem("ref"));
    }

    private static ValidatableResponse post(JsonObject body) {
        return post(body.encode());
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("text/plain; charset=UTF-8")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(TrackRoutes.PATH)
                .then();
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code));
    }
}
