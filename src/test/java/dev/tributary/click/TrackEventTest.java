package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrackEventTest {
    @Test
    void a_code_is_enough() {
        TrackEvent event = TrackEvent.parse(new JsonObject().put("ref", "ECO10"));
        assertThat(event)
                .isEqualTo(new TrackEvent(
                        "ECO10", null, null, false, "", List.of("", "", "", "", ""), "", "", "", Map.of()));
    }

    @Test
    void everything_a_page_may_tell_is_read() {
        UUID click = new UUID(1, 2);
        UUID visitor = new UUID(3, 4);
        TrackEvent event = TrackEvent.parse(new JsonObject()
                .put("ref", "ECO10")
                .put("clickId", TypeId.CLICK.format(click))
                .put("visitorId", TypeId.VISITOR.format(visitor))
                .put("gpc", true)
                .put("src", "youtube")
                .put("sub1", "a")
                .put("sub2", "b")
                .put("sub3", "c")
                .put("sub4", "d")
                .put("sub5", "e")
                .put("landingPage", "https://shop.example/pricing")
                .put("referrer", "https://www.youtube.com/")
                .put("externalClickId", "net-77")
                .put("adParams", new JsonObject().put("gclid", "G1")));
        assertThat(event)
                .isEqualTo(new TrackEvent(
                        "ECO10",
                        click,
                        visitor,
                        true,
                        "youtube",
                        List.of("a", "b", "c", "d", "e"),
                        "https://shop.example/pricing",
                        "https://www.youtube.com/",
                        "net-77",
                        Map.of("gclid", "G1")));
    }

    @Test
    void null_is_the_same_as_absent() {
        assertThat(TrackEvent.parse(new JsonObject()
                        .put("ref", "A1")
                        .putNull("src")
                        .putNull("gpc")
                        .putNull("adParams")
                        .putNull("visitorId")))
                .isEqualTo(TrackEvent.parse(new JsonObject().put("ref", "A1")));
    }

    @Test
    void every_wrong_field_is_named_at_once() {
        JsonObject body = new JsonObject()
                .put("src", "x".repeat(101))
                .put("sub1", 7)
                .put("gpc", "yes")
                .put("visitorId", "vis_short")
                .put("clickId", "vis_01h455vb4pex5vsknk084sn02q")
                .put("landingPage", "javascript:alert(1)")
                .put("adParams", new JsonObject().put("gclid", 1).put("password", "x"))
                .put("status", "paid");
        assertThat(errors(body))
                .extracting(e -> e.field() + " " + e.code())
                .containsExactlyInAnyOrder(
                        "ref required",
                        "src too_long",
                        "sub1 not_text",
                        "gpc not_boolean",
                        "visitorId bad_id",
                        "clickId bad_id",
                        "landingPage bad_url",
                        "adParams.gclid not_text",
                        "adParams.password unknown",
                        "status unknown");
    }

    @Test
    void what_is_not_an_object_of_strings_is_no_ad_parameters() {
        assertThat(errors(new JsonObject().put("ref", "A1").put("adParams", new JsonArray())))
                .extracting(FieldError::code)
                .containsExactly("not_object");
    }

    @Test
    void a_flood_of_unknown_fields_gets_a_short_answer() {
        JsonObject body = new JsonObject().put("ref", "A1");
        for (int i = 0; i < 1_000; i++) body.put("f".repeat(200) + i, 1);
        assertThat(errors(body)).hasSizeLessThan(20).allSatisfy(e -> assertThat(e.field())
                .hasSizeLessThanOrEqualTo(64));
    }

    @Test
    void control_characters_do_not_reach_the_database() {
        assertThat(TrackEvent.parse(new JsonObject().put("ref", "A1").put("src", "a\u0000b"))
                        .src())
                .isEqualTo("a b");
    }

    @Test
    void json_may_come_as_plain_text_and_as_nothing_else() {
        assertThat(TrackRoutes.carriesJson("text/plain;charset=UTF-8")).isTrue();
        assertThat(TrackRoutes.carriesJson("Application/JSON; charset=utf-8")).isTrue();
        assertThat(TrackRoutes.carriesJson(null)).isTrue();
        assertThat(TrackRoutes.carriesJson("application/x-www-form-urlencoded")).isFalse();
    }

    private static List<FieldError> errors(JsonObject body) {
        try {
            TrackEvent.parse(body);
        } catch (Problem problem) {
            assertThat(problem.kind().status()).isEqualTo(400);
            return problem.errors();
        }
        throw new AssertionError("was accepted");
    }
}
