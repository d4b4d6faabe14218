package dev.tributary.click;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class ClickReadsDatabaseTest {
    private static final String CLICKS = "/api/admin/clicks";
    private static final String REPORT = "/api/admin/reports/clicks";
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5"
                    + " Mobile/15E148 Safari/604.1";
    private static final String DESKTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0";
    private static final String BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    private static final String HOURLY =
            """
            INSERT INTO click_hourly (hour, link_id, src, country, device, program_id, affiliate_id, clicks, uniques,
                                      duplicates, unverified, bots, prefetches, heads)
            SELECT $2::text::timestamptz, id, '', '', '', program_id, affiliate_id, $3, $3, 0, 0, 0, 0, 0
              FROM link WHERE code_key = $1
            """;

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    private Rows rows;
    private String code = "";
    private String link = "";
    private String program = "";
    private String affiliate = "";

    @BeforeEach
    void prepare() {
        rows = new Rows(pool);
        code = new TrackedLinks(transactions).active(true);
        JsonObject made = rows.query("SELECT id, program_id, affiliate_id FROM link WHERE code_key = $1", code)
                .get(0);
        link = TypeId.LINK.format(UUID.fromString(made.getString("id")));
        program = TypeId.PROGRAM.format(UUID.fromString(made.getString("program_id")));
        affiliate = TypeId.AFFILIATE.format(UUID.fromString(made.getString("affiliate_id")));
    }

    @Test
    void clicks_are_listed_newest_first_filtered_and_paged() {
        visitAll();

        assertThat(list("").getList("data")).hasSize(6);
        assertThat(list("&traffic=human").getList("data")).hasSize(5);
        assertThat(list("&traffic=bot").getList("data.traffic")).containsExactly("bot");
        assertThat(list("&visit=unique").getList("data")).hasSize(2);
        assertThat(list("&visit=duplicate").getList("data")).hasSize(3);
        assertThat(list("&credited=true").getList("data")).hasSize(6);
        assertThat(list("&credited=false").getList("data")).isEmpty();
        assertThat(list("&programId=" + program + "&affiliateId=" + affiliate).getList("data"))
                .hasSize(6);
        assertThat(list("&programId=prg_01h455vb4pex5vsknk084sn02q").getList("data"))
                .isEmpty();
        assertThat(list("&to=2026-01-01T00:00:00Z").getList("data")).isEmpty();
        JsonPath first = list("&limit=4");
        JsonPath second = list("&limit=4&cursor=" + first.getString("nextCursor"));
        assertThat(second.getString("nextCursor")).isNull();
        List<String> ids = Stream.concat(
                        first.<String>getList("data.id").stream(), second.<String>getList("data.id").stream())
                .toList();
        assertThat(ids).hasSize(6).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void one_click_is_read_with_all_that_is_kept_and_without_its_hashes() {
        visitAll();
        String id = list("&traffic=human&limit=1").getString("data[0].id");

        as("support")
                .get(CLICKS + "/" + id)
                .then()
                .statusCode(200)
                .body(
                        "id",
                        equalTo(id),
                        "linkId",
                        equalTo(link),
                        "affiliateId",
                        equalTo(affiliate),
                        "ipPrefix",
                        equalTo("127.0.0.0/24"),
                        "adParams.gclid",
                        equalTo("G1"))
                .body("ipHash", org.hamcrest.Matchers.nullValue())
                .body("fingerprint", org.hamcrest.Matchers.nullValue());
        as("admin").get(CLICKS + "/clk_01h455vb4pex5vsknk084sn02q").then().statusCode(404);
        as("admin").get(CLICKS + "/nonsense").then().statusCode(404);
    }

    @Test
    void a_list_of_a_day_opens_the_partitions_of_that_day_only() {
        Instant now = Instant.now();
        String sql = ClickQueries.LIST
                .replace("$10", "NULL")
                .replaceAll("\\$[5-9]", "NULL")
                .replace("$1", "'" + new UUID(-1, -1) + "'")
                .replace("$2", "10")
                .replace("$3", "'" + Ids.floor(now) + "'")
                .replace("$4", "'" + Ids.floor(now.plusSeconds(1)) + "'");
        String plan = rows.query("EXPLAIN " + sql).toString();
        assertThat(Stream.of(plan.split("[^a-z0-9_]"))
                        .filter(word -> word.matches("click_2\\d{7}"))
                        .distinct())
                .hasSizeBetween(1, 2);
    }

    @Test
    void clicks_come_as_csv() {
        visitAll();
        String csv = as("admin")
                .accept("text/csv")
                .get(CLICKS + "?linkId=" + link)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(csv.lines()).hasSize(7).first().asString().startsWith("id,clickedAt,linkId,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"day", "hour", "link", "affiliate", "src", "country", "device"})
    void every_report_adds_up_to_the_rows(String by) {
        visitAll();

        JsonPath report = report("by=" + by + "&linkId=" + link).extract().jsonPath();

        JsonObject counted = rows.query(
                        "SELECT count(*) FILTER (WHERE traffic = 'human')::int AS clicks,"
                                + " count(*) FILTER (WHERE visit = 'unique')::int AS uniques,"
                                + " count(*) FILTER (WHERE visit = 'duplicate')::int AS duplicates,"
                                + " count(*) FILTER (WHERE traffic = 'bot')::int AS bots FROM click WHERE link_id = $1",
                        TypeId.LINK.parse(link).orElseThrow())
                .get(0);
        for (String name : List.of("clicks", "uniques", "duplicates", "bots")) {
            int rowSum = report.<Integer>getList("data." + name).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            assertThat(rowSum).as(name).isEqualTo(counted.getInteger(name));
            assertThat(report.getInt("totals." + name)).as(name).isEqualTo(counted.getInteger(name));
        }
        assertThat(report.getBoolean("truncated")).isFalse();
    }

    @Test
    void rows_are_named_and_begin_with_the_most_clicks() {
        visitAll();
        report("by=link&programId=" + program).body("data[0].key", equalTo(link), "data[0].label", equalTo(code));
        report("by=affiliate&linkId=" + link).body("data[0].key", equalTo(affiliate), "data[0].label", equalTo("Ada"));
        report("by=src&linkId=" + link)
                .body("data.key", equalTo(List.of("news", "", "blog")))
                .body("data.clicks", equalTo(List.of(3, 1, 1)));
        report("by=device&linkId=" + link).body("data.key", hasItem("phone"));
        report("by=src&limit=1&linkId=" + link)
                .body("data", hasSize(1), "truncated", equalTo(true), "totals.clicks", equalTo(5));
        String csv = as("admin")
                .accept("text/csv")
                .get(REPORT + "?by=src&linkId=" + link)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(csv).startsWith("key,label,clicks,uniques,duplicates,unverified,bots,prefetches,heads\r\nnews,,3,");
    }

    @Test
    void days_are_those_of_the_programs_time_zone() {
        rows.query(
                "UPDATE program SET time_zone = 'America/New_York' WHERE id = $1",
                TypeId.PROGRAM.parse(program).orElseThrow());
        rows.query(HOURLY, code, "2026-03-08T03:00:00Z", 1);
        rows.query(HOURLY, code, "2026-03-08T05:00:00Z", 2);
        rows.query(HOURLY, code, "2026-03-09T03:00:00Z", 4);
        rows.query(HOURLY, code, "2026-03-09T04:00:00Z", 8);

        String range = "&from=2026-03-07&to=2026-03-10";
        report("programId=" + program + range)
                .body("timeZone", equalTo("America/New_York"))
                .body("from", equalTo("2026-03-07T05:00:00Z"), "to", equalTo("2026-03-10T04:00:00Z"))
                .body("data.key", equalTo(List.of("2026-03-07", "2026-03-08", "2026-03-09")))
                .body("data.clicks", equalTo(List.of(1, 6, 8)));
        report("linkId=" + link + range)
                .body("timeZone", equalTo("UTC"))
                .body("data.key", equalTo(List.of("2026-03-08", "2026-03-09")))
                .body("data.clicks", equalTo(List.of(3, 12)));
        report("by=hour&linkId=" + link + "&from=2026-03-08T04:00:00Z&to=2026-03-09T04:00:00Z")
                .body("data.key", equalTo(List.of("2026-03-08T05:00:00Z", "2026-03-09T03:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/admin/clicks, from=2026-01-01T00:00:00Z&to=2026-06-01T00:00:00Z, from",
        "/api/admin/clicks, from=2026-06-01T00:00:00Z&to=2026-01-01T00:00:00Z, to",
        "/api/admin/clicks, from=yesterday, from",
        "/api/admin/clicks, from=-999999999-01-01T00:00:00Z, from",
        "/api/admin/clicks, to=%2B999999999-01-01T00:00:00Z, to",
        "/api/admin/clicks, traffic=cat, traffic",
        "/api/admin/clicks, credited=1, credited",
        "/api/admin/clicks, linkId=ECO10, linkId",
        "/api/admin/clicks, visitor=x, visitor",
        "/api/admin/reports/clicks, by=moon, by",
        "/api/admin/reports/clicks, by=hour&from=2026-01-01&to=2026-06-01, from",
        "/api/admin/reports/clicks, from=2020-01-01&to=2026-06-01, from",
        "/api/admin/reports/clicks, from=2026-02-30, from",
        "/api/admin/reports/clicks, limit=1001, limit",
        "/api/admin/reports/clicks, limit=0, limit",
        "/api/admin/reports/clicks, programId=prg_01h455vb4pex5vsknk084sn02q, programId",
        "/api/admin/reports/clicks, sort=x, sort",
        "/api/admin/reports/clicks, by=day&by=hour, by",
    })
    void what_cannot_be_asked_is_refused_with_its_name(String path, String query, String field) {
        as("admin")
                .urlEncodingEnabled(false)
                .get(path + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", hasItem(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {CLICKS, CLICKS + "/clk_01h455vb4pex5vsknk084sn02q", REPORT})
    void clicks_are_for_staff(String path) {
        given().get(path).then().statusCode(401).header("WWW-Authenticate", containsString("Bearer"));
        as("affiliate").get(path).then().statusCode(403).contentType("application/problem+json");
    }

    /** Six clicks: a phone thrice by one tag, another device twice, a bot. */
    private void visitAll() {
        visit("?src=news", PHONE);
        visit("?src=news", PHONE);
        visit("?src=news", PHONE);
        visit("?src=blog", DESKTOP);
        visit("?gclid=G1", DESKTOP);
        visit("", BOT);
        rows.await(
                seen -> seen.size() == 6,
                "SELECT id FROM click WHERE link_id = $1",
                TypeId.LINK.parse(link).orElseThrow());
    }

    private void visit(String query, String agent) {
        Response response =
                given().redirects().follow(false).header("User-Agent", agent).get("/r/" + code + query);
        assertThat(response.statusCode()).isEqualTo(302);
    }

    private JsonPath list(String query) {
        return as("support")
                .get(CLICKS + "?linkId=" + link + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static ValidatableResponse report(String query) {
        return as("support").get(REPORT + "?" + query).then().statusCode(200);
    }

    private static io.restassured.specification.RequestSpecification as(String role) {
        return given().auth().oauth2(Tokens.of(role)).accept("application/json");
    }
}
