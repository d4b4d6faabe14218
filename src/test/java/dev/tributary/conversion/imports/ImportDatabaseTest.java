package dev.tributary.conversion.imports;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.conversion.Shop;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import dev.tributary.program.Programs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conversions that come as a file. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ImportDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final String IMPORT = "/api/admin/conversions/import";

    @Inject
    Pool pool;

    @Inject
    ImportRepository repository;

    @Inject
    AbandonedUploads abandoned;

    @Inject
    Imports imports;

    @Inject
    Programs programs;

    @Inject
    Transactions transactions;

    private Promoter ada;
    private Shop shop;
    private String affiliate;

    @BeforeEach
    void a_shop() {
        ada = Promoter.in(pool, "UTC");
        shop = new Shop(pool, ada);
        affiliate = TypeId.AFFILIATE.format(ada.id());
    }

    @Test
    void rows_are_stored_and_those_that_are_wrong_are_told_one_by_one() {
        String csv =
                """
                externalId,kind,amount,currency,conversions,occurredAt,affiliateId,saleExternalId,customerExternalId
                a,sale,4999,EUR,,2026-11-20,%1$s,,
                b,,100,,3,,%1$s,,
                c,lead,,,,,%1$s,,kim
                d,sale,12.50,,,,%1$s,,
                e,sale,100,USD,,,%1$s,,
                f,sale,100,,,,,,stranger
                r,refund,500,,,,,a,
                a,sale,4999,,,,%1$s,,
                """
                        .formatted(affiliate);
        JsonPath done = done(send(csv, "").statusCode(201).extract().path("id"));
        assertThat(done.getString("status")).isEqualTo("succeeded");
        assertThat(done.getInt("rowsDone")).isEqualTo(8);
        assertThat(done.getInt("accepted")).isEqualTo(5);
        assertThat(done.getInt("rejected")).isEqualTo(2);
        assertThat(done.getInt("booked")).isOne();
        assertThat(done.getInt("repeated")).isOne();
        assertThat(done.getInt("refused")).isOne();
        assertThat(done.getLong("bytesDone")).isEqualTo(done.getLong("bytes")).isEqualTo(csv.length());
        assertThat(shop.conversion("a").getLong("refunded_minor")).isEqualTo(500);
        assertThat(shop.conversion("a").getString("occurred_at")).startsWith("2026-11-20T12:00");
        staff().get(IMPORT + "/" + done.getString("id") + "/rows")
                .then()
                .statusCode(200)
                .body("data.row", equalTo(List.of(6, 5, 4)))
                .body("data.code", equalTo(List.of("no_evidence", "currency_mismatch", "not_minor_units")))
                .body("data[0].conversionId", startsWith("cnv_"));
        assertThat(staff().accept("text/csv")
                        .get(IMPORT + "/" + done.getString("id") + "/rows?result=refused")
                        .asString())
                .contains("4,refused,d,,not_minor_units");

        JsonPath again = done(send(csv, "").extract().path("id"));
        assertThat(again.getInt("accepted")).isZero();
        assertThat(again.getInt("repeated")).isEqualTo(9);
        assertThat(shop.conversions()).hasSize(7);
    }

    @Test
    void a_dry_run_tells_the_same_and_stores_nothing() {
        String csv = "externalId,amount,affiliateId\na,100," + affiliate + "\nb,0," + affiliate + "\n";
        JsonPath done = done(send(csv, "&dryRun=true").extract().path("id"));
        assertThat(done.getInt("accepted")).isOne();
        assertThat(done.getInt("refused")).isOne();
        assertThat(shop.conversions()).isEmpty();
        assertThat(shop.told()).isEmpty();
    }

    @Test
    void a_large_file_comes_in_parts_that_end_anywhere() {
        String csv = "externalId,amount,affiliateId\n"
                + IntStream.range(0, 1_200)
                        .mapToObj(i -> "order-" + i + ",100," + affiliate + "\n")
                        .collect(Collectors.joining());
        int cut = csv.length() / 3;
        String id = send(csv.substring(0, cut), "&more=true")
                .statusCode(201)
                .body("status", equalTo("receiving"))
                .extract()
                .path("id");
        part(id, 3, false, csv.substring(cut)).statusCode(409);
        for (int i = 0; i < 2; i++)
            part(id, 2, true, csv.substring(cut, 2 * cut)).statusCode(200).body("bytes", equalTo(2 * cut));
        part(id, 3, false, csv.substring(2 * cut)).statusCode(200);
        assertThat(done(id).getInt("accepted")).isEqualTo(1_200);
        assertThat(shop.conversions()).hasSize(1_200);
        assertForgotten(TypeId.IMPORT.parse(id).orElseThrow());
    }

    @Test
    void an_upload_whose_last_part_never_comes_fails_and_is_forgotten() {
        String id = send("externalId\n", "&more=true").extract().path("id");
        UUID upload = TypeId.IMPORT.parse(id).orElseThrow();
        forget(Shop.now().minusSeconds(60));
        staff().get(IMPORT + "/" + id).then().body("status", equalTo("receiving"));
        forget(Shop.now().plusSeconds(60));
        staff().get(IMPORT + "/" + id)
                .then()
                .body("status", equalTo("failed"), "message", equalTo("The last part never came"));
        assertForgotten(upload);
        part(id, 2, false, "a\n").statusCode(409);
    }

    private void forget(Instant before) {
        OffsetDateTime time = before.atOffset(ZoneOffset.UTC);
        while (transactions.run(tx -> abandoned.forget(tx, time, 1_000)).await().atMost(ANSWER) > 0)
            ;
    }

    /** It is done a moment before the last part is gone. */
    private void assertForgotten(UUID upload) {
        long end = System.nanoTime() + ANSWER.toNanos();
        while (!shop.query("SELECT FROM conversion_import_part WHERE import_id = $1", upload)
                .isEmpty()) assertThat(System.nanoTime()).isLessThan(end);
    }

    @Test
    void what_is_no_such_file_fails_and_says_why() {
        failed("externalId,price\na,5\n", "There is no column price");
        failed("amount\n5\n", "externalId is missing");
        failed("externalId,externalId\na,b\n", "twice");
        failed("externalId,a\u0000b" + "c".repeat(1_000) + "\na,b\n", "There is no column a bccc");
        given().auth()
                .oauth2(Tokens.of("admin"))
                .contentType("text/csv")
                .body("")
                .post(IMPORT + "?programId=" + ada.programId())
                .then()
                .statusCode(400);
        send("externalId\n", "&name=a%00b").statusCode(400);
        given().auth()
                .oauth2(Tokens.of("support"))
                .contentType("text/csv")
                .body("externalId\n")
                .post(IMPORT + "?programId=" + ada.programId())
                .then()
                .statusCode(403);
    }

    @Test
    void chunks_are_stored_once_whoever_tries_them_again() {
        String csv = "externalId,amount,affiliateId\n"
                + IntStream.range(0, 700)
                        .mapToObj(i -> "order-" + i + ",100," + affiliate + "\n")
                        .collect(Collectors.joining());
        ImportRecord kept = ImportRecord.begun(
                UUID.randomUUID(),
                ada.id(),
                "x.csv",
                true,
                false,
                ImportRecord.State.RUNNING,
                csv.length(),
                Shop.now());
        transactions.run(tx -> repository.insert(tx, kept)).await().atMost(ANSWER);
        Imports.Chunk first = chunk(csv, 0);
        assertThat(store(kept, first, 0)).isTrue();
        // Tried again, because nobody heard that it was committed.
        assertThat(store(kept, first, 0)).isFalse();
        assertThat(shop.conversions()).hasSize(500);
        assertThat(store(kept, chunk(csv, 500), 500)).isTrue();
        // A second process that has not heard of the first.
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> store(kept, first, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThat(shop.conversions()).hasSize(700);
        ImportRecord now = transactions
                .read(c -> repository.find(c, kept.id()))
                .await()
                .atMost(ANSWER)
                .orElseThrow();
        assertThat(now.rowsDone()).isEqualTo(700);
        assertThat(now.counts().accepted()).isEqualTo(700);
    }

    @Test
    void a_database_that_is_busy_for_longer_than_a_transaction_may_take_does_not_end_an_import() {
        SqlConnection other = pool.getConnection().await().atMost(ANSWER);
        try {
            run(other, "BEGIN");
            run(other, "LOCK TABLE conversion IN EXCLUSIVE MODE");
            String id = send("externalId,amount,affiliateId\nbusy,100," + affiliate + "\n", "")
                    .statusCode(201)
                    .extract()
                    .path("id");
            // The first attempt waits for the table, the next for what the first has locked.
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (waiting() < 2 && System.nanoTime() < deadline) Thread.onSpinWait();
            assertThat(waiting()).isGreaterThanOrEqualTo(2);
            run(other, "ROLLBACK");

            JsonPath done = done(id);
            assertThat(done.getString("status")).isEqualTo("succeeded");
            assertThat(done.getInt("accepted")).isOne();
            assertThat(shop.conversions()).hasSize(1);
        } finally {
            other.close().await().atMost(ANSWER);
        }
    }

    private long waiting() {
        String sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        return pool.query(sql)
                .execute()
                .await()
                .atMost(ANSWER)
                .iterator()
                .next()
                .getLong(0);
    }

    private static void run(SqlConnection connection, String sql) {
        connection.query(sql).execute().await().atMost(ANSWER);
    }

    private Imports.Chunk chunk(String csv, int skipped) {
        ImportFile file = new ImportFile(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
        file.skip(skipped);
        return new ImportChunks(
                        file,
                        transactions
                                .read(c -> programs.find(c, ada.id()))
                                .await()
                                .atMost(ANSWER)
                                .orElseThrow(),
                        Clock.systemUTC())
                .next();
    }

    private boolean store(ImportRecord kept, Imports.Chunk chunk, long before) {
        return transactions
                .run(tx -> imports.store(tx, kept, chunk, before, before))
                .await()
                .atMost(ANSWER);
    }

    private void failed(String csv, String why) {
        JsonPath done = done(send(csv, "").extract().path("id"));
        assertThat(done.getString("status")).isEqualTo("failed");
        assertThat(done.getString("message")).contains(why);
    }

    private ValidatableResponse send(String csv, String more) {
        return given().auth()
                .oauth2(Tokens.of("admin"))
                .urlEncodingEnabled(false)
                .contentType("text/csv")
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .post(IMPORT + "?programId=" + ada.programId() + more)
                .then();
    }

    private ValidatableResponse part(String id, int number, boolean more, String csv) {
        return given().auth()
                .oauth2(Tokens.of("admin"))
                .contentType("text/csv")
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .post(IMPORT + "/" + id + "/parts?number=" + number + "&more=" + more)
                .then();
    }

    /** Polls as a client does. */
    private JsonPath done(String id) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        JsonPath seen = staff().get(IMPORT + "/" + id).jsonPath();
        while (seen.get("finishedAt") == null && System.nanoTime() < deadline)
            seen = staff().get(IMPORT + "/" + id).jsonPath();
        assertThat((Object) seen.get("finishedAt")).as(seen.prettify()).isNotNull();
        return seen;
    }

    private static RequestSpecification staff() {
        return given().auth().oauth2(Tokens.of("admin")).accept("application/json");
    }
}
