package dev.tributary.analytics.statement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.ledger.BookCheck;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Months of the books, as affiliates and staff read them. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class StatementDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String OWN = "/api/affiliate/statements";

    private static final String BOOK =
            """
            WITH booked AS (
              INSERT INTO ledger_entry (id, line, kind, source_kind, source_id, number, program_id, enrollment_id, debit,
                     credit, amount_minor, currency, occurred_at, memo)
              VALUES ($1, $2, $3, 'commission', $4, 0, $5, $5, $6, $7, $8, $9, $10, $11))
            INSERT INTO ledger_balance AS b VALUES ($5, $9, $12, $13, $14) ON CONFLICT (enrollment_id, currency)
            DO UPDATE SET pending = b.pending + $12, available = b.available + $13, in_transit = b.in_transit + $14
            """;

    @Inject
    Pool pool;

    @Inject
    Instance<BookCheck> checks;

    private Promoter ada;
    /** What the last sale earned: a release is of it. */
    private UUID commission = UUID.randomUUID();

    @BeforeEach
    void one_of_them() {
        ada = Promoter.in(pool, "America/New_York");
    }

    @Test
    void a_month_has_what_there_was_what_moved_and_what_there_is() {
        earn("2026-02-10T12:00:00Z", 1000, "EUR");
        release("2026-03-05T12:00:00Z", 600);
        earn("2026-03-06T12:00:00Z", 250, "EUR");
        earn("2026-03-07T12:00:00Z", 50, "EUR");
        earn("2026-04-06T12:00:00Z", 77, "EUR");

        ada.asks()
                .get(OWN + "/2026-03")
                .then()
                .statusCode(200)
                .body("affiliateId", equalTo(TypeId.AFFILIATE.format(ada.id())), "affiliateName", equalTo("Ada"))
                .body("programId", equalTo(ada.programId()), "programName", equalTo("Eco"))
                .body("month", equalTo("2026-03"), "timeZone", equalTo("America/New_York"), "closed", equalTo(true))
                .body("currencies", hasSize(1), "currencies[0].currency", equalTo("EUR"))
                .body("currencies[0].opening", equalTo(held(1000, 0, 0)))
                .body("currencies[0].movements.kind", equalTo(List.of("earn", "release")))
                .body("currencies[0].movements.entries", equalTo(List.of(2, 1)))
                .body("currencies[0].movements[0].change", equalTo(held(300, 0, 0)))
                .body("currencies[0].movements[1].change", equalTo(held(-600, 600, 0)))
                .body("currencies[0].closing", equalTo(held(700, 600, 0)))
                .body("entries", hasSize(3), "truncated", equalTo(false))
                .body("entries[0].kind", equalTo("release"), "entries[0].bookedAt", equalTo("2026-03-05T12:00:00Z"))
                .body("entries[0].id", startsWith("ent_"), "entries[0].sourceId", startsWith("cms_"))
                .body("entries[1].change", equalTo(held(250, 0, 0)));
    }

    /** New York's March begins at 05:00 UTC and, with summer time, ends at 04:00. */
    @Test
    void months_begin_and_end_where_the_program_is() {
        earn("2026-03-01T04:59:59.999Z", 1, "EUR");
        earn("2026-03-01T05:00:00Z", 2, "EUR");
        earn("2026-04-01T03:59:59.999Z", 4, "EUR");
        earn("2026-04-01T04:00:00Z", 8, "EUR");

        ada.asks()
                .get(OWN + "/2026-03")
                .then()
                .body("from", equalTo("2026-03-01T05:00:00Z"), "to", equalTo("2026-04-01T04:00:00Z"))
                .body("currencies[0].opening", equalTo(held(1, 0, 0)))
                .body("currencies[0].closing", equalTo(held(7, 0, 0)))
                .body("entries", hasSize(2));
    }

    @Test
    void every_closing_is_the_next_opening_and_what_the_movements_make() {
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            String day = "2026-%02d-%02dT12:00:00Z".formatted(1 + random.nextInt(9), 1 + random.nextInt(28));
            earn(day, 100 + random.nextInt(100), random.nextBoolean() ? "EUR" : "JPY");
        }
        List<Map<String, ?>> lines = ada.asks()
                .get(OWN + "?limit=100")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data");
        assertThat(lines).hasSizeGreaterThan(12);
        for (String currency : List.of("EUR", "JPY")) {
            Object opening = null;
            for (Map<String, ?> line : lines) {
                if (!currency.equals(line.get("currency"))) continue;
                if (opening != null) assertThat(line.get("closing")).isEqualTo(opening);
                opening = line.get("opening");
                adds_up((String) line.get("month"), currency, line);
            }
            assertThat(opening).isEqualTo(held(0, 0, 0));
        }
    }

    @Test
    void pages_of_one_line_are_the_whole_list_and_months_without_anything_are_left_out() {
        earn("2003-05-10T12:00:00Z", 100, "EUR");
        book("2003-06-10T12:00:00Z", "reverse", "pending", "expense", 100, "EUR", -100, 0);
        earn("2026-02-10T12:00:00Z", 100, "EUR");
        earn("2026-02-11T12:00:00Z", 100, "BHD");
        earn("2026-02-11T12:00:00Z", 100, "JPY");
        JsonPath all = ada.asks()
                .get(OWN + "?limit=100")
                .then()
                .statusCode(200)
                .body("nextCursor", equalTo(null))
                .extract()
                .jsonPath();
        assertThat(all.getList("data.month", String.class))
                .endsWith("2026-02", "2026-02", "2026-02", "2003-06", "2003-05");
        assertThat(all.getList("data.currency", String.class)).endsWith("BHD", "EUR", "JPY", "EUR", "EUR");

        List<Map<String, ?>> paged = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            JsonPath page = ada.asks()
                    .get(OWN + "?limit=1" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            paged.addAll(page.getList("data"));
            String next = page.getString("nextCursor");
            cursor = next == null ? null : "&cursor=" + next;
        }
        assertThat(paged).isEqualTo(all.getList("data"));
        assertThat(ada.asks().accept("text/csv").get(OWN).asString().lines()).hasSize(1 + paged.size());
    }

    private void adds_up(String month, String currency, Map<String, ?> line) {
        JsonPath statement = ada.asks().get(OWN + "/" + month).then().extract().jsonPath();
        Map<String, ?> part = statement.getMap("currencies.find { it.currency == '%s' }".formatted(currency));
        assertThat(part.get("opening")).isEqualTo(line.get("opening"));
        assertThat(part.get("closing")).isEqualTo(line.get("closing"));
        int moved = statement
                .getList("entries.findAll { it.currency == '%s' }.change.total".formatted(currency), Integer.class)
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(((Map<?, ?>) part.get("opening")).get("total"))
                .isEqualTo((Integer) ((Map<?, ?>) part.get("closing")).get("total") - moved);
    }

    @Test
    void a_month_that_has_not_begun_and_what_is_no_month_are_not_found() {
        for (String month : List.of("2199-01", "2026-13", "2026-3", "march", "1999-12", "2026-03-01", "9999999999-01"))
            ada.asks().get(OWN + "/" + month).then().statusCode(404).body("code", equalTo("not_found"));
        ada.asks().get(OWN + "/2020-01").then().statusCode(200).body("currencies[0].closing", equalTo(held(0, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=101",
                "?limit=x",
                "?months=2",
                "?programId=x",
                "?limit=1&limit=2",
                "?cursor=x"
            })
    void what_cannot_be_asked_is_refused(String query) {
        ada.asks().get(OWN + query).then().statusCode(400).body("code", equalTo("invalid_request"));
    }

    @Test
    void the_present_month_is_not_closed() {
        String month = Instant.now()
                .atZone(java.time.ZoneId.of("America/New_York"))
                .toString()
                .substring(0, 7);
        ada.asks().get(OWN + "/" + month).then().statusCode(200).body("closed", equalTo(false));
    }

    @Test
    void one_in_several_programs_says_which_and_nobody_sees_anothers() {
        UUID second = ada.another();
        earn("2026-03-05T12:00:00Z", 500, "EUR");
        ada.asks().get(OWN + "/2026-03").then().statusCode(400).body("errors[0].field", equalTo("programId"));
        ada.asks().get(OWN + "/2026-03?programId=" + ada.programId()).then().body("entries", hasSize(1));
        ada.asks()
                .get(OWN + "/2026-03?programId=" + TypeId.PROGRAM.format(second))
                .then()
                .body("entries", hasSize(0));
        Promoter ben = Promoter.in(pool, "UTC");
        ben.asks().get(OWN + "/2026-03?programId=" + ada.programId()).then().statusCode(404);
        ben.asks().get(OWN + "/2026-03").then().body("entries", hasSize(0));
    }

    @Test
    void staff_read_the_same() {
        earn("2026-03-05T12:00:00Z", 500, "EUR");
        String path = "/api/admin/affiliates/" + TypeId.AFFILIATE.format(ada.id()) + "/statements";
        String own = ada.asks().get(OWN + "/2026-03").asString();
        for (String role : List.of("admin", "finance", "support")) {
            assertThat(staff(role, path + "/2026-03", "application/json")).isEqualTo(own);
            assertThat(staff(role, path, "text/csv")).contains("2026-03,true,EUR,1,0,0,0,500,0,0\r\n");
            assertThat(staff(role, path + "/2026-03", "text/csv")).contains(",earn,commission,");
        }
        given().auth()
                .oauth2(Tokens.as("boss", "admin"))
                .get("/api/admin/affiliates/aff_01h455vb4pex5vsknk084sn02q/statements")
                .then()
                .statusCode(404);
    }

    private static String staff(String role, String path, String accept) {
        return given().auth()
                .oauth2(Tokens.as("staff-" + role, role))
                .accept(accept)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    void a_table_has_every_entry_between_opening_and_closing() {
        earn("2026-02-10T12:00:00Z", 1000, "EUR");
        UUID first = commission;
        for (int i = 0; i < 1_000; i++) earn("2026-03-05T12:00:00Z", 1, "EUR");
        commission = first;
        release("2026-03-06T12:00:00Z", 300);

        ada.asks().get(OWN + "/2026-03").then().body("entries", hasSize(1_000), "truncated", equalTo(true));
        List<String> lines = new ArrayList<>(ada.asks()
                .accept("text/csv")
                .get(OWN + "/2026-03")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .extract()
                .asString()
                .lines()
                .toList());
        assertThat(lines).hasSize(1 + 1 + 1_001 + 1);
        assertThat(lines.get(1)).isEqualTo(",,,opening,,,,EUR,1000,0,0,1000");
        assertThat(lines.get(1_002)).endsWith(",EUR,-300,300,0,0");
        assertThat(lines.get(1_003)).isEqualTo(",,,closing,,,,EUR,1700,300,0,2000");
        ada.asks().accept("text/csv").get(OWN + "/2199-01").then().statusCode(404);
    }

    @Test
    void on_paper_it_has_the_same_figures_and_letters_of_every_alphabet() throws IOException {
        query("UPDATE affiliate SET name = 'Łucja Ωmega' WHERE id = $1", ada.id());
        earn("2026-02-10T12:00:00Z", 123_456_789, "EUR");
        earn("2026-03-05T12:00:00Z", 1234, "JPY");
        earn("2026-03-05T12:00:00Z", 1234, "BHD");
        for (int i = 0; i < 120; i++) earn("2026-03-05T12:00:00Z", 1, "EUR");

        byte[] pdf = ada.asks()
                .accept("application/pdf")
                .get(OWN + "/2026-03")
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .extract()
                .asByteArray();
        PdfReader reader = new PdfReader(pdf);
        StringBuilder text = new StringBuilder();
        for (int page = 1; page <= reader.getNumberOfPages(); page++)
            text.append(new PdfTextExtractor(reader).getTextFromPage(page)).append('\n');
        assertThat(text.toString())
                .contains("Statement March 2026", "Łucja Ωmega", "Opening", "1,234,567.89", "Closing", "1,234,569.09")
                .contains("1,234", "1.234", "page 2", TypeId.AFFILIATE.format(ada.id()));
    }

    /** Invariants of the books hold whoever is erased, and a statement can still be read. */
    @Test
    void an_erased_affiliate_leaves_the_books_as_they_are() {
        earn("2026-03-05T12:00:00Z", 500, "EUR");
        String affiliate = "/api/admin/affiliates/" + TypeId.AFFILIATE.format(ada.id());
        String before = statement(affiliate).getString("currencies");
        given().auth()
                .oauth2(Tokens.as("boss", "admin"))
                .get(affiliate + "/personal-data")
                .then()
                .statusCode(200)
                .body("find { it.kind == 'ledgerEntries' }.data.pending", equalTo(500));
        given().auth()
                .oauth2(Tokens.as("boss", "admin"))
                .contentType("application/json")
                .body(Map.of("reason", "Case 4711"))
                .post(affiliate + "/erasure")
                .then()
                .statusCode(200)
                .body("erased.find { it.kind == 'ledgerEntries' }.rows", equalTo(0));
        assertThat(statement(affiliate).getString("currencies")).isEqualTo(before);
        assertThat(statement(affiliate).getString("affiliateName")).isNotEqualTo("Ada");
        for (BookCheck check : checks) {
            List<String> breaches =
                    pool.withConnection(c -> check.breaches(c, 5)).await().atMost(ANSWER);
            assertThat(breaches).as(check.name()).isEmpty();
        }
    }

    private static JsonPath statement(String affiliate) {
        return given().auth()
                .oauth2(Tokens.as("boss", "admin"))
                .get(affiliate + "/statements/2026-03")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Map<String, Integer> held(int pending, int available, int inTransit) {
        return Map.of(
                "pending",
                pending,
                "available",
                available,
                "inTransit",
                inTransit,
                "total",
                pending + available + inTransit);
    }

    private void earn(String at, long amount, String currency) {
        commission = UUID.randomUUID();
        book(at, "earn", "expense", "pending", amount, currency, amount, 0);
    }

    private void release(String at, long amount) {
        book(at, "release", "pending", "available", amount, "EUR", -amount, amount);
    }

    private void book(
            String at,
            String kind,
            String debit,
            String credit,
            long amount,
            String currency,
            long pending,
            long free) {
        Instant moment = Instant.parse(at);
        UUID booked = new UUID(
                Ids.floor(moment).getMostSignificantBits(), UUID.randomUUID().getLeastSignificantBits());
        query(
                BOOK,
                booked,
                (short) 0,
                kind,
                commission,
                ada.id(),
                debit,
                credit,
                amount,
                currency,
                java.time.OffsetDateTime.parse(at),
                "Sale",
                pending,
                free,
                0L);
    }

    private void query(String sql, Object... arguments) {
        pool.preparedQuery(sql).execute(Tuple.from(arguments)).await().atMost(ANSWER);
    }
}
