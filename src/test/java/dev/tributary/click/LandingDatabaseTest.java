package dev.tributary.click;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class LandingDatabaseTest {
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5"
                    + " Mobile/15E148 Safari/604.1";
    private static final Pattern CLICK_ID = Pattern.compile("click_id=(clk_[0-9a-z]{26})");

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    private TrackedLinks links;
    private Rows rows;

    @BeforeEach
    void prepare() {
        links = new TrackedLinks(transactions);
        rows = new Rows(pool);
    }

    @Test
    void a_click_is_redirected_with_its_id_and_lands_with_everything_it_told() {
        String code = links.active(true);

        Response response = visit(code + "/pricing?src=newsletter&sub1=a&gclid=G1&color=red", PHONE);

        String location = response.header("Location");
        UUID id = clickId(response);
        assertThat(location)
                .isEqualTo("https://shop.example/pricing?gclid=G1&color=red&ref=" + code + "&click_id="
                        + TypeId.CLICK.format(id) + "&src=newsletter&utm_source=eco&utm_medium=affiliate&utm_campaign="
                        + code + "&utm_content=newsletter");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.header("Set-Cookie"))
                .contains("trb_v=vis_")
                .contains("HttpOnly")
                .contains("Secure");
        JsonObject row = landed(id);
        assertThat(row.getString("traffic")).isEqualTo("human");
        assertThat(row.getString("visit")).isEqualTo("unique");
        assertThat(row.getString("device")).isEqualTo("phone");
        assertThat(row.getString("os")).isEqualTo("iOS");
        assertThat(row.getString("src")).isEqualTo("newsletter");
        assertThat(row.getString("sub1")).isEqualTo("a");
        assertThat(row.getString("referrer_host")).isEqualTo("blog.example");
        assertThat(row.getString("landing_page")).isEqualTo("https://shop.example/pricing");
        assertThat(row.getString("ip_prefix")).isEqualTo("127.0.0.0/24");
        assertThat(row.getJsonObject("ad_params")).isEqualTo(new JsonObject().put("gclid", "G1"));
    }

    @Test
    void the_second_click_of_a_visitor_is_a_duplicate_with_or_without_its_cookie() {
        String code = links.active(true);

        Response first = visit(code, PHONE);
        UUID again = clickId(visit(code, PHONE));
        UUID withCookie = clickId(given().redirects()
                .follow(false)
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0")
                .cookie("trb_v", first.getCookie("trb_v"))
                .get("/r/" + code));

        assertThat(landed(clickId(first)).getString("visit")).isEqualTo("unique");
        assertThat(landed(again).getString("visit")).isEqualTo("duplicate");
        assertThat(landed(withCookie).getString("visit")).isEqualTo("duplicate");
    }

    @Test
    void bots_heads_and_prefetches_are_told_apart_and_not_counted_as_clicks() {
        String code = links.active(true);

        UUID bot = clickId(visit(code, "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"));
        UUID head = clickId(
                given().redirects().follow(false).header("User-Agent", PHONE).head("/r/" + code));
        UUID prefetch = clickId(given().redirects()
                .follow(false)
                .header("User-Agent", PHONE)
                .header("Sec-Purpose", "prefetch;prerender")
                .get("/r/" + code));
        UUID human = clickId(visit(code, PHONE));

        assertThat(landed(bot).getString("traffic")).isEqualTo("bot");
        assertThat(landed(head).getString("traffic")).isEqualTo("head");
        assertThat(landed(prefetch).getString("traffic")).isEqualTo("prefetch");
        assertThat(landed(human).getString("traffic")).isEqualTo("human");
        JsonObject sums = rows.query(
                        "SELECT sum(h.clicks)::int AS clicks, sum(h.uniques)::int AS uniques, sum(h.bots)::int AS bots,"
                                + " sum(h.heads)::int AS heads, sum(h.prefetches)::int AS prefetches"
                                + " FROM click_hourly h JOIN link l ON l.id = h.link_id WHERE l.code_key = $1",
                        code)
                .get(0);
        assertThat(sums)
                .isEqualTo(new JsonObject()
                        .put("clicks", 1)
                        .put("uniques", 1)
                        .put("bots", 1)
                        .put("heads", 1)
                        .put("prefetches", 1));
    }

    @Test
    void a_paused_link_redirects_without_credit_and_without_an_id() {
        String code = links.paused();

        String location = visit(code + "?color=red", PHONE).header("Location");

        assertThat(location).isEqualTo("https://shop.example/?color=red");
        List<JsonObject> landed = rows.await(
                found -> !found.isEmpty(),
                "SELECT c.credited FROM click c JOIN link l ON l.id = c.link_id WHERE l.code_key = $1",
                code);
        assertThat(landed).containsExactly(new JsonObject().put("credited", false));
    }

    @Test
    void a_visitor_under_global_privacy_control_gets_no_id_and_leaves_no_fingerprint() {
        String code = links.active(true);

        Response response = given().redirects()
                .follow(false)
                .header("User-Agent", PHONE)
                .header("Sec-GPC", "1")
                .get("/r/" + code);

        assertThat(response.header("Set-Cookie")).isNull();
        JsonObject row = landed(clickId(response));
        assertThat(row.getString("visitor_id")).isNull();
        assertThat(row.getBoolean("hashed")).isFalse();
        assertThat(row.getString("visit")).isEqualTo("unverified");
    }

    @Test
    void a_hundred_and_first_source_tag_of_a_day_is_counted_as_other() {
        String code = links.active(true);

        UUID last = null;
        for (int i = 0; i < 103; i++) last = clickId(visit(code + "?src=tag" + i, PHONE + " " + i));
        landed(last);

        List<JsonObject> tags = rows.query(
                "SELECT h.src, sum(h.clicks)::int AS clicks FROM click_hourly h JOIN link l ON l.id = h.link_id"
                        + " WHERE l.code_key = $1 GROUP BY 1",
                code);
        assertThat(tags).hasSize(101);
        assertThat(tags).contains(new JsonObject().put("src", "(other)").put("clicks", 3));
    }

    @Test
    void a_click_the_database_refuses_is_set_aside_whole_and_the_rest_lands() {
        String code = links.active(true);
        rows.query(
                "ALTER TABLE click ADD CONSTRAINT no_poison CHECK (src <> 'poison' OR clicked_at < now()) NOT VALID");
        rows.query("ALTER TABLE click DROP CONSTRAINT no_poison");
        rows.query("ALTER TABLE click ADD CONSTRAINT no_poison CHECK (src <> 'poison') NOT VALID");
        try {
            UUID before = clickId(visit(code + "?src=fine", PHONE));
            UUID poison = clickId(visit(code + "?src=poison", PHONE));
            UUID after = clickId(visit(code + "?src=fine", PHONE));

            assertThat(landed(before)).isNotNull();
            assertThat(landed(after)).isNotNull();
            List<JsonObject> aside = rows.await(
                    found -> !found.isEmpty(), "SELECT reason, record FROM click_quarantine WHERE id = $1", poison);
            assertThat(aside.get(0).getString("reason")).isEqualTo("refused_23514");
            Click kept = ClickCodec.decode(aside.get(0).getBinary("record"));
            assertThat(kept.src()).isEqualTo("poison");
            assertThat(kept.ip()).as("only the network of the address").isEqualTo("127.0.0.0/24");
        } finally {
            rows.query("ALTER TABLE click DROP CONSTRAINT no_poison");
        }
    }

    @Test
    void looking_up_a_click_reads_one_partition() {
        UUID id = clickId(visit(links.active(true), PHONE));
        landed(id);

        String plan = rows.query("EXPLAIN (FORMAT TEXT) SELECT src FROM click WHERE id = '" + id + "'")
                .toString();

        assertThat(plan.split("click_2\\d{7}_pkey", -1)).hasSize(2);
    }

    @Test
    void unknown_codes_are_a_page_for_people_and_a_problem_for_programs() {
        given().redirects()
                .follow(false)
                .header("Accept", "text/html")
                .get("/r/NOSUCHCODE")
                .then()
                .statusCode(404)
                .contentType("text/html");
        given().redirects()
                .follow(false)
                .header("Accept", "application/json")
                .get("/r/NOSUCHCODE")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void an_over_long_source_tag_is_refused_with_the_field_named() {
        String code = links.active(true);
        String problem = visit(code + "?src=" + "x".repeat(101), PHONE)
                .then()
                .statusCode(400)
                .extract()
                .asString();
        assertThat(problem).contains("\"field\":\"src\"").contains("too_long");
    }

    private static Response visit(String pathAndQuery, String userAgent) {
        return given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .header("User-Agent", userAgent)
                .header("Referer", "https://blog.example/a/review?x=1")
                .get("/r/" + pathAndQuery);
    }

    private static UUID clickId(Response response) {
        Matcher matcher = CLICK_ID.matcher(String.valueOf(response.header("Location")));
        assertThat(matcher.find())
                .as("%s %s", response.statusLine(), response.header("Location"))
                .isTrue();
        return TypeId.CLICK.parse(matcher.group(1)).orElseThrow();
    }

    private JsonObject landed(UUID id) {
        List<JsonObject> found = rows.await(
                seen -> !seen.isEmpty(),
                "SELECT *, length(fingerprint) > 0 OR length(ip_hash) > 0 AS hashed FROM click WHERE id = $1",
                id);
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
