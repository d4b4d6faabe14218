package dev.tributary.analytics.export;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole tables, as staff and affiliates take them. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ExportDatabaseTest {
    private static final String STAFF = "/api/admin/exports/";
    private static final String OWN = "/api/affiliate/exports/";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Inject
    Pool pool;

    @Inject
    Exports exports;

    private final Instant before = Instant.now()
            .minus(Duration.ofHours(6))
            .truncatedTo(ChronoUnit.HOURS)
            .plusSeconds(600);
    private Promoter ada;
    private Stock stock;

    @BeforeEach
    void one_of_them() {
        ada = Promoter.in(pool, "Europe/Berlin");
        stock = new Stock(pool, ada);
    }

    /** A place is free when the server has noticed that the client is gone. */
    @AfterEach
    void all_places_are_free_again() {
        Promoter.forgetMoney(pool);
        Instant end = Instant.now().plus(PATIENCE);
        while (exports.running() > 0 && Instant.now().isBefore(end)) Thread.onSpinWait();
        assertThat(exports.running()).isZero();
    }

    @Test
    void every_row_is_there_once_in_order_and_the_last_line_says_so() {
        stock.conversions("a", before, 2_500);

        List<JsonObject> lines = lines(staff().get(STAFF + "conversions?programId=" + ada.programId())
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("application/x-ndjson"))
                .extract()
                .asString());

        assertThat(amounts(lines.subList(0, 2_500))).isEqualTo(upTo(2_500));
        assertThat(lines).hasSize(2_501);
        JsonObject last = lines.get(2_499);
        assertThat(lines.get(2_500))
                .isEqualTo(new JsonObject().put("end", true).put("rows", 2_500).put("after", last.getString("id")));
        assertThat(last.getString("affiliateId")).isEqualTo(TypeId.AFFILIATE.format(ada.id()));
        assertThat(last.getString("programId")).isEqualTo(ada.programId());
        assertThat(last.getString("occurredAt")).isEqualTo(before.toString());
        assertThat(last.getValue("reason")).isNull();
    }

    @Test
    void csv_has_the_same_rows_below_one_header() {
        stock.conversions("a", before, 1_001);

        List<String> lines = staff().accept("text/csv")
                .get(STAFF + "conversions?programId=" + ada.programId())
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("text/csv"))
                .extract()
                .asString()
                .lines()
                .toList();

        assertThat(lines).hasSize(1_002);
        assertThat(lines.get(0)).startsWith("id,occurredAt,createdAt,programId,kind,status,");
        assertThat(lines.get(1_001)).startsWith("cnv_").contains(",2001,0,EUR,");
    }

    @Test
    void what_broke_off_goes_on_with_nothing_twice_and_nothing_missing_while_rows_are_added() throws Exception {
        stock.conversions("a", before, 6_000);
        List<JsonObject> got = new ArrayList<>();
        String after = "";
        for (int take : List.of(1, 999, 1_234, 3, Integer.MAX_VALUE)) {
            got.addAll(read(STAFF + "conversions?programId=" + ada.programId() + after, take));
            after = "&after=" + last(got).getString("id");
            stock.conversions("late-" + take, Instant.now(), 10);
            all_places_are_free_again();
        }

        assertThat(amounts(got)).isEqualTo(upTo(6_000));
        assertThat(amounts(stream(Instant.now().plus(Bounds.SETTLED).plusSeconds(60), after.substring(7))))
                .as("what was added is there once it has settled")
                .hasSize(50);
    }

    /** Reads so many rows and hangs up. */
    private List<JsonObject> read(String path, int rows) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", "Bearer " + Tokens.of("admin"))
                .timeout(PATIENCE)
                .build();
        List<JsonObject> got = new ArrayList<>();
        try (InputStream body =
                HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null && got.size() < rows; line = reader.readLine()) {
                JsonObject row = new JsonObject(line);
                if (row.containsKey("id")) got.add(row);
            }
        }
        return got;
    }

    /** The same rows as at another time of day. */
    private List<JsonObject> stream(Instant now, String after) {
        UUID id = TypeId.CONVERSION.parse(after).orElseThrow();
        Bounds bounds = new Bounds(id, Short.MAX_VALUE, Bounds.below(now.minus(Bounds.SETTLED)), null);
        List<JsonObject> lines = lines(String.join(
                "",
                exports.stream(conversions(), Format.NDJSON, ada.id(), null, bounds)
                        .collect()
                        .asList()
                        .await()
                        .atMost(PATIENCE)));
        return lines.subList(0, lines.size() - 1);
    }

    @Test
    void two_hundred_thousand_rows_are_read_only_as_they_are_taken() {
        stock.conversions("a", before, 200_000);
        AssertSubscriber<String> client = AssertSubscriber.create(1);
        Bounds bounds = new Bounds(new UUID(0, 0), 0, Bounds.below(Instant.now()), null);

        exports.stream(conversions(), Format.NDJSON, ada.id(), null, bounds).subscribe(client);
        client.awaitItems(1, PATIENCE);
        assertThat(exports.running()).isEqualTo(1);
        stock.run(
                "UPDATE conversion SET promo_code = 'SEEN' WHERE program_id = $1 AND amount_minor > $2",
                Tuple.of(ada.id(), 1_000L + 3_000));
        client.request(Long.MAX_VALUE).awaitCompletion(PATIENCE);

        long rows = 0;
        long seen = 0;
        for (String slice : client.getItems()) {
            rows += slice.lines().filter(line -> line.startsWith("{\"id\"")).count();
            seen += slice.lines()
                    .filter(line -> line.contains("\"promoCode\":\"SEEN\""))
                    .count();
        }
        assertThat(rows).isEqualTo(200_000);
        assertThat(seen).as("rows after the third slice were not read before").isEqualTo(197_000);
        assertThat(client.getItems())
                .allMatch(slice -> slice.length() < 1_000_000)
                .hasSize(201);
        assertThat(exports.running()).isZero();
    }

    @Test
    void a_client_that_hangs_up_leaves_its_place_and_there_are_only_so_many() {
        stock.conversions("a", before, 5_000);
        Bounds bounds = new Bounds(new UUID(0, 0), 0, Bounds.below(Instant.now()), null);
        List<AssertSubscriber<String>> clients = new ArrayList<>();
        for (int i = 0; i < Slots.MOST_OF_STAFF; i++) {
            AssertSubscriber<String> client = AssertSubscriber.create(1);
            exports.stream(conversions(), Format.NDJSON, ada.id(), null, bounds).subscribe(client);
            clients.add(client.awaitItems(1, PATIENCE));
        }

        staff().get(STAFF + "conversions?programId=" + ada.programId())
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("code", equalTo("unavailable"));
        clients.forEach(AssertSubscriber::cancel);

        assertThat(exports.running()).isZero();
        staff().get(STAFF + "conversions?programId=" + ada.programId()).then().statusCode(200);
    }

    @Test
    void an_affiliate_has_one_export_at_a_time() {
        Slots slots = new Slots();
        slots.take(ada.id());

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(Problem.class, () -> slots.take(ada.id()))
                        .kind())
                .isEqualTo(ProblemKind.IN_PROGRESS);
        slots.free(ada.id());
        slots.take(ada.id());
        assertThat(slots.taken()).isEqualTo(1);
    }

    @Test
    void the_ledger_goes_on_within_an_entry() {
        stock.entries(before, 3);
        String path = STAFF + "ledger?programId=" + ada.programId();
        List<JsonObject> all = rows(staff().get(path).asString());
        assertThat(all).hasSize(6).extracting(row -> row.getLong("line")).containsExactly(0L, 1L, 0L, 1L, 0L, 1L);
        assertThat(all.get(0).getString("sourceId")).startsWith("pyt_");
        String second = all.get(2).getString("id");

        assertThat(rows(staff().get(path + "&after=" + second + ".0").asString()))
                .isEqualTo(all.subList(3, 6));
        assertThat(rows(staff().get(path + "&after=" + second + ".1").asString()))
                .isEqualTo(all.subList(4, 6));
        assertThat(rows(staff().get(path + "&after=" + second).asString())).isEqualTo(all.subList(4, 6));
    }

    @Test
    void affiliates_have_their_own_clicks_and_nothing_of_who_the_visitors_are() {
        UUID other = UUID.randomUUID();
        stock.clicks(other, before, 7);
        stock.clicks(ada.id(), before.plusSeconds(30), 5);
        stock.clicks(other, before.plus(Duration.ofHours(2)), 7);
        stock.clicks(ada.id(), before.plus(Duration.ofHours(4)), 2_100);

        List<JsonObject> rows = rows(
                ada.asks().accept("application/x-ndjson").get(OWN + "clicks").asString());

        assertThat(rows).hasSize(2_105);
        assertThat(rows).extracting(row -> row.getString("id")).isSorted().doesNotHaveDuplicates();
        assertThat(rows.get(0).fieldNames()).doesNotContain("visitorId", "ipPrefix", "affiliateId");
        assertThat(rows.get(0).getString("src")).isEqualTo("=cmd");
        assertThat(ada.asks().accept("text/csv").get(OWN + "clicks").asString()).contains("'=cmd");
        assertThat(rows(staff().get(STAFF + "clicks?programId=" + ada.programId())
                        .asString()))
                .hasSize(2_119);
    }

    @Test
    void clicks_that_landed_late_are_found_by_when_they_landed() {
        stock.clicks(ada.id(), before, 3);
        String path = STAFF + "clicks?programId=" + ada.programId() + "&landedFrom=";

        assertThat(rows(staff().get(path + before).asString())).hasSize(3);
        assertThat(rows(staff().get(path + Instant.now().plusSeconds(60)).asString()))
                .isEmpty();
    }

    @Test
    void affiliates_have_the_conversions_that_they_share() {
        stock.conversions("a", before, 2);
        Promoter bob = Promoter.in(pool, "UTC");
        UUID shared =
                UUID.fromString("0190a0a0-0000-7000-8000-" + bob.id().toString().substring(24));
        stock.run(
                """
                WITH c AS (
                    INSERT INTO conversion (id, program_id, kind, external_id, enrollment_id, affiliate_id, amount_minor, currency,
                                            occurred_at, decision)
                    VALUES ($1, $2, 'sale', 'shared', $2, $2, 77, 'EUR', $4, 2)),
                d AS (
                    INSERT INTO attribution_decision (conversion_id, number, basis, model, version, window_days, click_missing,
                                                      candidates, decided_at)
                    SELECT $1, n, 'click', 'linear', 1, 30, false, '[]', $4 FROM generate_series(1, 2) n)
                INSERT INTO attribution (conversion_id, decision, enrollment_id, affiliate_id, src, weight_bps, basis)
                VALUES ($1, 1, $2, $2, '', 10000, 'click'), ($1, 2, $2, $2, '', 6000, 'click'), ($1, 2, $3, $3, 'mine', 4000, 'click')
                """,
                Tuple.of(shared, bob.id(), ada.id(), before.atOffset(ZoneOffset.UTC)));

        List<JsonObject> mine = rows(ada.asks()
                .accept("application/x-ndjson")
                .get(OWN + "conversions")
                .asString());
        assertThat(mine).extracting(row -> row.getLong("amount")).containsExactly(77L, 1_001L, 1_002L);
        assertThat(mine).extracting(row -> row.getLong("weightBps")).containsExactly(4_000L, 10_000L, 10_000L);
        assertThat(mine.get(0).getString("src")).isEqualTo("mine");
        assertThat(mine.get(0).fieldNames()).doesNotContain("customerExternalId", "externalId");
        assertThat(rows(bob.asks()
                        .accept("application/x-ndjson")
                        .get(OWN + "conversions")
                        .asString()))
                .extracting(row -> row.getLong("weightBps"))
                .containsExactly(6_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "conversions, from=2026-13-01, from",
        "conversions, from=2026-03-02&to=2026-03-01, to",
        "conversions, from=1999-01-01, from",
        "conversions, after=clk_01h455vb4pex5vsknk084sn02q, after",
        "conversions, after=cnv_01h455vb4pex5vsknk084sn02q.1, after",
        "ledger, after=ent_01h455vb4pex5vsknk084sn02q.x, after",
        "clicks, landedFrom=yesterday, landedFrom",
        "clicks, limit=5, limit"
    })
    void what_cannot_be_is_refused_with_its_name(String dataset, String query, String field) {
        staff().get(STAFF + dataset + "?programId=" + ada.programId() + "&" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void what_is_not_there_or_not_theirs_is_refused() {
        staff().get(STAFF + "secrets?programId=" + ada.programId()).then().statusCode(404);
        staff().get(STAFF + "clicks?programId=prg_01h455vb4pex5vsknk084sn02q")
                .then()
                .statusCode(404);
        as("finance").get(STAFF + "clicks?programId=" + ada.programId()).then().statusCode(403);
        as("finance").get(STAFF + "payouts?programId=" + ada.programId()).then().statusCode(200);
        ada.asks().accept("application/x-ndjson").get(OWN + "ledger").then().statusCode(404);
        ada.asks()
                .accept("application/x-ndjson")
                .get(OWN + "clicks?from=2026-01-01&to=2026-03-01")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("too_long"));
    }

    @ParameterizedTest
    @CsvSource({"commissions", "payouts", "referrals", "refunds"})
    void a_table_without_rows_has_its_end(String dataset) {
        String text =
                staff().get(STAFF + dataset + "?programId=" + ada.programId()).asString();
        assertThat(text).isEqualTo("{\"end\":true,\"rows\":0,\"after\":\"\"}\n");
    }

    private static Dataset conversions() {
        return Exports.named(StaffDatasets.ALL, "conversions");
    }

    private static RequestSpecification staff() {
        return as("admin");
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(Tokens.of(role)).accept("application/x-ndjson");
    }

    private static List<JsonObject> lines(String text) {
        assertThat(text).endsWith("}\n").doesNotContain("\n\n");
        return text.lines().map(JsonObject::new).toList();
    }

    /** Without the last line, which is none. */
    private static List<JsonObject> rows(String text) {
        List<JsonObject> lines = lines(text);
        assertThat(lines.get(lines.size() - 1).getBoolean("end")).isTrue();
        return lines.subList(0, lines.size() - 1);
    }

    private static List<Long> amounts(List<JsonObject> rows) {
        return rows.stream().map(row -> row.getLong("amount")).toList();
    }

    private static List<Long> upTo(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> 1_000L + i).toList();
    }

    private static JsonObject last(List<JsonObject> rows) {
        return rows.get(rows.size() - 1);
    }
}
