package dev.tributary.payout.tax;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tax forms of affiliates: given, kept so that nobody reads them, verified, sent back, asked for. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class TaxFormDatabaseTest {
    static final String FORM = "/api/affiliate/tax-form";
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final String YESTERDAY =
            LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
    private static final String NUMBER = "536-22-1234";

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    TaxPapers papers;

    @Inject
    CommandLineApplication application;

    private Promoter ann;

    @BeforeEach
    void somebody() {
        ann = Promoter.in(pool, "UTC");
    }

    @Test
    void a_w9_is_taken_and_shown_by_its_last_four_digits() {
        ann.asks().get(FORM).then().statusCode(200).body("status", equalTo("missing"), "form", nullValue());

        w9(ann, Map.of())
                .statusCode(200)
                .body("status", equalTo("submitted"), "kind", equalTo("w9"), "verifiedAt", nullValue())
                .body("form.taxpayerNumberLastFour", equalTo("1234"), "form.taxpayerNumberKind", equalTo("ssn"))
                .body("form.name", equalTo("Ann Example"), "form.address.region", equalTo("IL"))
                .body("form.lastDay", nullValue(), "form.signedBy", equalTo("Ann Example"))
                .body(not(containsString("53622")));
        ann.asks().get(FORM).then().body("status", equalTo("submitted"), "form.signedAt", notNullValue());
        assertThat(standing(ann)).isEqualTo(new PaperStanding(Paper.GIVEN, 0));
        assertThat(one("SELECT tax_status FROM affiliate WHERE id = $1", ann.id()))
                .isEqualTo("submitted");
        assertThat(events(ann)).containsExactly("tax_form.submitted");
    }

    @Test
    void numbers_and_birthdays_stand_nowhere_in_the_database() {
        String key = UUID.randomUUID().toString();
        keyed(ann, key)
                .body(w9Fields(Map.of("taxpayerNumber", "541-87-6543")))
                .post(FORM + "/w9")
                .then()
                .statusCode(200);
        keyed(ann, key)
                .body(w9Fields(Map.of("taxpayerNumber", "541-87-6543")))
                .post(FORM + "/w9")
                .then()
                .statusCode(200);
        keyed(ann, key)
                .body(w9Fields(Map.of("taxpayerNumber", "541-87-6544")))
                .post(FORM + "/w9")
                .then()
                .statusCode(422);
        Promoter bo = Promoter.in(pool, "UTC");
        w8ben(bo, Map.of("foreignTaxNumber", "98 765 432 109", "bornOn", "1961-03-04"))
                .statusCode(200);

        assertThat(tablesWith("541876543")).isEmpty();
        assertThat(tablesWith("541-87-6543")).isEmpty();
        assertThat(tablesWith("98 765 432 109")).isEmpty();
        assertThat(tablesWith("1961-03-04")).isEmpty();
        assertThat(one("SELECT count(*) FROM tax_form WHERE affiliate_id = $1", ann.id()))
                .isEqualTo(1L);
    }

    @Test
    void every_wrong_field_of_a_w9_is_named() {
        Map<String, Object> wrong = new HashMap<>(w9Fields(Map.of(
                "taxpayerNumber", "000-12-3456",
                "address",
                        Map.of("line1", "", "city", "Springfield", "region", "XX", "postalCode", "1", "country", "US"),
                "signature", Map.of("name", "Somebody Else", "agreed", false))));
        wrong.remove("name");

        ann.asks()
                .body(wrong)
                .post(FORM + "/w9")
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        hasItems(
                                "name",
                                "taxpayerNumber",
                                "address.line1",
                                "address.region",
                                "address.postalCode",
                                "signature.agreed",
                                "signature.name"));
        ann.asks()
                .body(Map.of())
                .post(FORM + "/w9")
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        hasItems(
                                "name",
                                "classification",
                                "address",
                                "taxpayerNumber",
                                "taxpayerNumberKind",
                                "signature"));
        ann.asks()
                .body(Map.of())
                .post(FORM + "/w8ben")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("name", "citizenship", "address", "bornOn", "signature"));
        ann.asks().body("[]").post(FORM + "/w9").then().statusCode(400);
        w9(ann, Map.of("verified", true)).statusCode(400);
    }

    @Test
    void a_w8ben_is_for_those_who_are_no_us_persons_and_ends() {
        w8ben(ann, Map.of())
                .statusCode(200)
                .body("kind", equalTo("w8ben"), "form.foreignTaxNumberLastFour", equalTo("8901"))
                .body("form.lastDay", notNullValue());
        w8ben(ann, Map.of("citizenship", "US")).statusCode(400).body("errors[0].code", equalTo("us_person"));
        Promoter us = Promoter.in(pool, "UTC");
        run("UPDATE affiliate SET country = 'US' WHERE id = $1", us.id());
        us.asks().get(FORM).then().body("expectedKind", equalTo("w9"), "certifications", hasSize(4));
        w8ben(us, Map.of()).statusCode(422).body("errors[0].code", equalTo("us_person"));

        run(
                "UPDATE tax_form SET signed_at = signed_at - interval '4 years', expires_on = '2020-12-31'"
                        + " WHERE affiliate_id = $1",
                ann.id());
        assertThat(standing(ann).paper()).isEqualTo(Paper.EXPIRED);
    }

    @Test
    void staff_verify_and_send_back_and_another_form_takes_the_place() {
        staff("finance").post(admin(ann) + "/verify").then().statusCode(404);
        w9(ann, Map.of()).statusCode(200);
        staff("support").get(admin(ann)).then().statusCode(200).body("form.taxpayerNumberLastFour", equalTo("1234"));
        staff("support").post(admin(ann) + "/verify").then().statusCode(403);
        staff("finance").post(admin(ann) + "/verify").then().statusCode(200).body("status", equalTo("verified"));
        staff("finance").post(admin(ann) + "/verify").then().statusCode(409);
        assertThat(standing(ann).paper()).isEqualTo(Paper.VERIFIED);

        staff("finance").body(Map.of()).post(admin(ann) + "/reject").then().statusCode(400);
        staff("finance")
                .body(Map.of("reason", "Not your number"))
                .post(admin(ann) + "/reject")
                .then()
                .statusCode(200)
                .body("status", equalTo("rejected"), "reason", equalTo("Not your number"));
        assertThat(standing(ann).paper()).isEqualTo(Paper.MISSING);
        ann.asks().get(FORM).then().body("status", equalTo("rejected"));
        assertThat(one("SELECT tax_status FROM affiliate WHERE id = $1", ann.id()))
                .isEqualTo("missing");

        w9(ann, Map.of()).statusCode(200).body("status", equalTo("submitted"));
        w9(ann, Map.of("businessName", "Ann's Shop")).statusCode(200).body("form.businessName", equalTo("Ann's Shop"));
        assertThat(standing(ann).paper()).isEqualTo(Paper.GIVEN);
        assertThat(events(ann))
                .containsExactly(
                        "tax_form.submitted",
                        "tax_form.verified",
                        "tax_form.rejected",
                        "tax_form.submitted",
                        "tax_form.submitted");
    }

    @Test
    void the_record_of_changes_has_neither_name_nor_number() {
        w9(ann, Map.of()).statusCode(200);
        String entry = (String) one(
                """
                SELECT a.before::text || a.after::text FROM audit_entry a JOIN tax_form f ON f.id = a.object_id
                 WHERE f.affiliate_id = $1
                """,
                ann.id());
        assertThat(entry).contains("submitted").doesNotContain("Ann Example", "\"1234\"", "Springfield");
    }

    @Test
    void a_company_abroad_is_noted_from_its_sheet_of_paper() {
        staff("finance")
                .body(Map.of("name", "Beispiel GmbH", "country", "US", "signedOn", YESTERDAY))
                .post(admin(ann) + "/paper")
                .then()
                .statusCode(422);
        staff("finance")
                .body(Map.of("name", "Beispiel GmbH", "country", "DE", "signedOn", YESTERDAY))
                .post(admin(ann) + "/paper")
                .then()
                .statusCode(200)
                .body("status", equalTo("verified"), "kind", equalTo("w8ben_e"), "form", nullValue());
        assertThat(standing(ann)).isEqualTo(new PaperStanding(Paper.VERIFIED, 0));
    }

    @Test
    void tax_is_withheld_where_the_program_says_so_and_a_form_or_the_irs_asks_for_it() {
        assertThat(standing(ann)).isEqualTo(new PaperStanding(Paper.MISSING, 0));
        payer(ann, true).statusCode(200).body("backupWithholding", equalTo(true));
        assertThat(standing(ann)).isEqualTo(new PaperStanding(Paper.MISSING, 2_400));
        w9(ann, Map.of()).statusCode(200);
        assertThat(standing(ann)).isEqualTo(new PaperStanding(Paper.GIVEN, 0));

        notice(ann, true).statusCode(200);
        notice(ann, true).statusCode(409);
        assertThat(standing(ann).withheldBps()).isEqualTo(2_400);
        notice(ann, false).statusCode(200);
        assertThat(standing(ann).withheldBps()).isZero();
        w9(ann, Map.of("notifiedOfWithholding", true)).statusCode(200);
        assertThat(standing(ann).withheldBps()).isEqualTo(2_400);
        payer(ann, false);
        assertThat(standing(ann).withheldBps()).isZero();
        staff("admin")
                .body(Map.of("name", "X", "ein", "123456789", "address", Map.of("country", "US")))
                .put("/api/admin/programs/" + ann.programId() + "/tax-payer")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("ein", "address.line1"));
    }

    @Test
    void who_has_none_is_listed_and_reminded_at_most_once_in_two_weeks() {
        list("missing").body("data.affiliateId", hasItem(TypeId.AFFILIATE.format(ann.id())));
        job("tax-reminders");
        assertThat(events(ann)).isEmpty();

        run(
                "INSERT INTO ledger_balance (enrollment_id, currency, pending, available, in_transit)"
                        + " VALUES ($1, 'EUR', 0, 0, 0)",
                ann.id());
        job("tax-reminders");
        assertThat(events(ann)).isEmpty();
        run("UPDATE ledger_balance SET available = 100 WHERE enrollment_id = $1", ann.id());
        try {
            assertThat(job("tax-reminders", "--dry-run").toString()).contains("would remind");
            assertThat(events(ann)).isEmpty();
            job("tax-reminders");
            job("tax-reminders");
            assertThat(events(ann)).containsExactly("tax_form.missing");
            list("missing")
                    .body(
                            "data.find { it.affiliateId == '%s' }.remindedAt"
                                    .formatted(TypeId.AFFILIATE.format(ann.id())),
                            notNullValue());
            run("UPDATE tax_reminder SET sent_at = now() - interval '15 days' WHERE affiliate_id = $1", ann.id());
            job("tax-reminders");
            assertThat(events(ann)).hasSize(2);
            w9(ann, Map.of()).statusCode(200);
            run("UPDATE tax_reminder SET sent_at = now() - interval '15 days' WHERE affiliate_id = $1", ann.id());
            job("tax-reminders");
            assertThat(events(ann)).containsExactly("tax_form.missing", "tax_form.missing", "tax_form.submitted");
        } finally {
            // The books say nothing of it.
            run("UPDATE ledger_balance SET available = 0 WHERE enrollment_id = $1", ann.id());
        }
        list("submitted").body("data.affiliateId", hasItem(TypeId.AFFILIATE.format(ann.id())));
        given().auth()
                .oauth2(Tokens.of("finance"))
                .accept("text/csv")
                .get("/api/admin/tax-forms?programId=" + ann.programId())
                .then()
                .statusCode(200)
                .body(containsString(TypeId.AFFILIATE.format(ann.id()) + ",Ada,,submitted,w9,"));
    }

    @Test
    void an_erased_person_who_was_never_paid_leaves_no_form() {
        w9(ann, Map.of()).statusCode(200);
        given().auth()
                .oauth2(Tokens.as(ann.id().toString(), "affiliate"))
                .get("/api/affiliate/personal-data")
                .then()
                .body("find { it.kind == 'taxForms' }.data.taxpayerNumberLastFour", equalTo("1234"));
        staff("admin")
                .body(Map.of("reason", "Asked for"))
                .post("/api/admin/affiliates/" + TypeId.AFFILIATE.format(ann.id()) + "/erasure")
                .then()
                .statusCode(200);

        assertThat(one(
                        "SELECT sealed IS NULL AND name = '' AND tin_last4 IS NULL AND erased_at IS NOT NULL FROM tax_form"
                                + " WHERE affiliate_id = $1",
                        ann.id()))
                .isEqualTo(true);
    }

    static Map<String, Object> w9Fields(Map<String, ?> other) {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "name",
                "Ann Example",
                "classification",
                "individual",
                "address",
                Map.of(
                        "line1", "1 Main Street",
                        "city", "Springfield",
                        "region", "IL",
                        "postalCode", "62701",
                        "country", "US"),
                "taxpayerNumberKind",
                "ssn",
                "taxpayerNumber",
                NUMBER,
                "signature",
                Map.of("name", "Ann Example", "agreed", true)));
        fields.putAll(other);
        return fields;
    }

    private static ValidatableResponse w9(Promoter who, Map<String, ?> other) {
        return who.asks().body(w9Fields(other)).post(FORM + "/w9").then();
    }

    private static ValidatableResponse w8ben(Promoter who, Map<String, ?> other) {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "name", "Ann Example",
                "citizenship", "DE",
                "address", Map.of("line1", "Hauptstraße 1", "city", "Berlin", "postalCode", "10115", "country", "DE"),
                "foreignTaxNumber", "12 345 678 901",
                "bornOn", "1990-02-28",
                "signature", Map.of("name", "ann example", "agreed", true)));
        fields.putAll(other);
        return who.asks().body(fields).post(FORM + "/w8ben").then();
    }

    private static RequestSpecification keyed(Promoter who, String key) {
        return who.asks().header("Idempotency-Key", key);
    }

    private static ValidatableResponse payer(Promoter who, boolean withholding) {
        return staff("finance")
                .body(Map.of(
                        "name", "Example Inc.",
                        "ein", "12-3456789",
                        "address", w9Fields(Map.of()).get("address"),
                        "phone", "+1 555 0100",
                        "backupWithholding", withholding))
                .put("/api/admin/programs/" + who.programId() + "/tax-payer")
                .then();
    }

    private static ValidatableResponse notice(Promoter who, boolean on) {
        return staff("finance")
                .body(Map.of("programId", who.programId(), "withhold", on, "reason", "CP2100"))
                .post("/api/admin/affiliates/" + TypeId.AFFILIATE.format(who.id()) + "/backup-withholding")
                .then();
    }

    private ValidatableResponse list(String status) {
        return staff("support")
                .get("/api/admin/tax-forms?programId=" + ann.programId() + "&status=" + status)
                .then()
                .statusCode(200);
    }

    private static RequestSpecification staff(String role) {
        return given().auth().oauth2(Tokens.of(role)).accept("application/json").contentType("application/json");
    }

    private static String admin(Promoter who) {
        return "/api/admin/affiliates/" + TypeId.AFFILIATE.format(who.id()) + "/tax-form";
    }

    private PaperStanding standing(Promoter who) {
        return await(transactions.read(c -> papers.of(c, who.id(), NEW_YORK, List.of(who.id()))))
                .get(who.id());
    }

    private Typed job(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "job";
        System.arraycopy(words, 0, all, 1, words.length);
        Typed typed = Typed.run(application, all);
        assertThat(typed.exitCode()).as(typed.toString()).isZero();
        return typed;
    }

    private List<String> events(Promoter who) {
        List<String> types = new ArrayList<>();
        for (Row row : await(pool.preparedQuery(
                        "SELECT type FROM outbox_event WHERE aggregate_id = $1 AND type LIKE 'tax%' ORDER BY id")
                .execute(Tuple.of(who.id())))) types.add(row.getString("type"));
        return types;
    }

    private Object one(String sql, UUID id) {
        return await(pool.preparedQuery(sql).execute(Tuple.of(id)))
                .iterator()
                .next()
                .getValue(0);
    }

    private void run(String sql, UUID id) {
        await(pool.preparedQuery(sql).execute(Tuple.of(id)));
    }

    private List<String> tablesWith(String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        List<String> found = new ArrayList<>();
        for (Row row : await(pool.query("SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
                .execute())) {
            String table = row.getString(0);
            boolean holds = await(pool.preparedQuery("SELECT EXISTS (SELECT FROM \"" + table
                                    + "\" t WHERE position($1 IN t::text) > 0 OR position($2 IN t::text) > 0)")
                            .execute(Tuple.of(text, hex)))
                    .iterator()
                    .next()
                    .getBoolean(0);
            if (holds) found.add(table);
        }
        return found;
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(10));
    }
}
