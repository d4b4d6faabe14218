package dev.tributary.payout.tax;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was paid in a year where the payer is, and the forms to file on it. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class TaxYearDatabaseTest {
    private static final String PAYOUT =
            """
            INSERT INTO payout (id, kind, program_id, enrollment_id, affiliate_id, rail, method_id, gross_minor, fee_minor,
                                withheld_minor, currency, state, requested_by, key, destination, body, attempts, first_at,
                                send_not_after, not_before, submitted_at, next_kind, settled_minor, created_at, updated_at,
                                paid_at, ended_at)
            VALUES ($1, 'request', $2, $3, $4, $5, $1, $6, 100, $7, $8, 'paid', 'test', $1::uuid::text, '', '', 1, $9, $9, $9, $9,
                    'nothing', $6 - 100 - $7, $9, $9, $9, $9)
            """;
    private static final String MAY = "2026-05-05T12:00:00Z";

    @Inject
    Pool pool;

    private Promoter ann;
    private UUID bo = UUID.randomUUID();

    @BeforeEach
    void two_in_new_york() {
        ann = Promoter.in(pool, "America/New_York");
        bo = join(ann.id());
        ann.asks()
                .body(TaxFormDatabaseTest.w9Fields(Map.of()))
                .post(TaxFormDatabaseTest.FORM + "/w9")
                .then()
                .statusCode(200);
    }

    /** What no engine paid must not be looked through by checks of the books. */
    @AfterEach
    void forget() {
        await(pool.withTransaction(tx -> tx.query("ALTER TABLE payout DISABLE TRIGGER payout_kept")
                .execute()
                .chain(() -> tx.preparedQuery("DELETE FROM payout WHERE program_id = $1")
                        .execute(Tuple.of(ann.id())))
                .chain(() -> tx.query("ALTER TABLE payout ENABLE TRIGGER payout_kept")
                        .execute())));
    }

    @Test
    void every_payment_of_the_year_stands_in_one_sum_and_those_over_the_threshold_are_filed() {
        pay(ann.id(), "manual", 150_000, 0, "USD", MAY);
        pay(ann.id(), "circle", 60_000, 0, "USD", MAY);
        pay(ann.id(), "stripe", 900_000, 0, "USD", MAY);
        pay(ann.id(), "manual", 7_000, 0, "EUR", MAY);
        pay(bo, "manual", 199_999, 0, "USD", MAY);
        year("finance")
                .then()
                .statusCode(200)
                .body("year", equalTo(2026), "timeZone", equalTo("America/New_York"), "threshold", equalTo(200_000))
                .body("sums.treatment", hasItems("nec", "processor", "other_currency", "under_threshold"))
                .body("sums.find { it.treatment == 'processor' }.paid", equalTo(900_000))
                .body("sums.find { it.treatment == 'under_threshold' }.paid", equalTo(199_999))
                .body("sums.paid.sum()", equalTo(150_000 + 60_000 + 900_000 + 7_000 + 199_999));
        get("finance", "application/json", "lines")
                .then()
                .statusCode(200)
                .body("", hasSize(5))
                .body("paid.sum()", equalTo(1_316_999));

        get("finance", "text/csv", "1099").then().statusCode(422).body("detail", containsString("tax-payer"));
        payer();
        List<String> csv = get("finance", "text/csv", "1099").asString().lines().toList();
        assertThat(csv).hasSize(3);
        assertThat(csv.get(0)).startsWith("Form Type,Tax Year,Payer TIN");
        assertThat(csv.get(1)).contains("12-3456789", "536-22-1234", "Ann Example", ",600.00,0.00,circle");
        assertThat(csv.get(2)).endsWith(",1500.00,0.00,manual");
        List<String> lines = get("finance", "application/x-ndjson", "1099")
                .asString()
                .lines()
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(new JsonObject(lines.get(1)).getString("Box 1 Nonemployee Compensation"))
                .isEqualTo("1500.00");
        assertThat(one("SELECT count(*) FROM audit_entry WHERE object_id = $1 AND action = 'tax.export'"))
                .isEqualTo(2L);
    }

    @Test
    void the_year_is_that_of_the_program_and_who_gave_no_form_is_told() {
        pay(bo, "manual", 300_000, 0, "USD", "2026-01-01T04:59:59Z");
        pay(bo, "manual", 200_000, 0, "USD", "2026-01-01T05:00:00Z");
        pay(bo, "manual", 1_000, 240, "USD", "2027-01-01T04:59:59Z");

        year("admin")
                .then()
                .body("sums", hasSize(1))
                .body("sums[0].treatment", equalTo("form_missing"), "sums[0].paid", equalTo(201_000))
                .body("sums[0].withheld", equalTo(240));
        get("admin", "application/json", "1099", 2025)
                .then()
                .body("threshold", equalTo(60_000), "sums[0].paid", equalTo(300_000));
    }

    @Test
    void many_payments_are_read_page_by_page() {
        await(pool.preparedQuery(
                        """
                        INSERT INTO payout (id, kind, program_id, enrollment_id, affiliate_id, rail, method_id, gross_minor,
                                            fee_minor, withheld_minor, currency, state, requested_by, key, destination, body,
                                            attempts, first_at, send_not_after, not_before, submitted_at, next_kind,
                                            settled_minor, created_at, updated_at, paid_at, ended_at)
                        SELECT gen_random_uuid(), 'request', $1, $1, $1, 'manual', $1, 100 + n, 1, 0, 'USD', 'paid', 'test',
                               n::text, '', '', 1, at, at, at, at, 'nothing', 99 + n, at, at, at, at
                          FROM generate_series(1, 4500) AS n,
                               LATERAL (SELECT '2026-03-01T00:00:00Z'::timestamptz + n / 3 * interval '1 second') AS t (at)
                        """)
                .execute(Tuple.of(ann.id())));

        year("finance").then().body("sums[0].paid", equalTo(4_500 * 100 + 4_500 * 4_501 / 2));
    }

    @Test
    void only_finance_reads_it_and_what_is_no_year_is_refused() {
        year("support").then().statusCode(403);
        ann.asks()
                .get("/api/admin/tax/1099?year=2026&programId=" + ann.programId())
                .then()
                .statusCode(403);
        for (String query : List.of("", "?year=26", "?year=2026", "?year=2026&programId=prg_x", "?year=2026&x=1"))
            staff("finance").get("/api/admin/tax/1099" + query).then().statusCode(400);
        staff("finance")
                .get("/api/admin/tax/1099?year=2026&programId=prg_01h455vb4pex5vsknk084sn02q")
                .then()
                .statusCode(404);
    }

    @Test
    void papers_that_payments_were_made_on_are_kept_when_the_person_is_erased() {
        pay(ann.id(), "manual", 150_000, 0, "USD", MAY);
        staff("admin")
                .body(Map.of("reason", "Asked for"))
                .post("/api/admin/affiliates/" + TypeId.AFFILIATE.format(ann.id()) + "/erasure")
                .then()
                .statusCode(200);

        assertThat(one("SELECT sealed IS NOT NULL AND erased_at IS NOT NULL FROM tax_form WHERE affiliate_id = $1"))
                .isEqualTo(true);
    }

    private void payer() {
        staff("finance")
                .body(Map.of(
                        "name", "Example Inc.",
                        "ein", "12-3456789",
                        "address", TaxFormDatabaseTest.w9Fields(Map.of()).get("address"),
                        "phone", "+1 555 0100"))
                .put("/api/admin/programs/" + ann.programId() + "/tax-payer")
                .then()
                .statusCode(200);
    }

    private Response year(String role) {
        return get(role, "application/json", "1099");
    }

    private Response get(String role, String type, String what) {
        return get(role, type, what, 2026);
    }

    private Response get(String role, String type, String what, int year) {
        return given().auth()
                .oauth2(Tokens.of(role))
                .accept(type)
                .get("/api/admin/tax/%s?year=%d&programId=%s".formatted(what, year, ann.programId()));
    }

    private static RequestSpecification staff(String role) {
        return given().auth().oauth2(Tokens.of(role)).accept("application/json").contentType("application/json");
    }

    /** One more affiliate of the program. */
    private UUID join(UUID program) {
        UUID id = Promoter.in(pool, "UTC").id();
        await(pool.preparedQuery(
                        """
                        WITH c AS (
                            INSERT INTO referral_code (code_key, created_at)
                            VALUES ('B' || upper(right($2::uuid::text, 12)), now()))
                        INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at,
                                                updated_at)
                        SELECT gen_random_uuid(), $1, $2, 'active', 'B' || upper(right($2::uuid::text, 12)),
                               'B' || upper(right($2::uuid::text, 12)), now(), now()
                        """)
                .execute(Tuple.of(program, id)));
        return id;
    }

    private void pay(UUID affiliate, String rail, long gross, long withheld, String currency, String at) {
        UUID enrollment =
                (UUID) await(pool.preparedQuery("SELECT id FROM enrollment WHERE program_id = $1 AND affiliate_id = $2")
                                .execute(Tuple.of(ann.id(), affiliate)))
                        .iterator()
                        .next()
                        .getValue(0);
        await(pool.preparedQuery(PAYOUT)
                .execute(Tuple.tuple(List.of(
                        UUID.randomUUID(),
                        ann.id(),
                        enrollment,
                        affiliate,
                        rail,
                        gross,
                        withheld,
                        currency,
                        OffsetDateTime.parse(at)))));
    }

    private Object one(String sql) {
        return await(pool.preparedQuery(sql).execute(Tuple.of(ann.id())))
                .iterator()
                .next()
                .getValue(0);
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(10));
    }
}
