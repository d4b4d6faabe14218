package dev.tributary.conversion.own;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.conversion.Buyer;
import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Details;
import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.IncomingRefund;
import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.Reason;
import dev.tributary.conversion.Shop;
import dev.tributary.conversion.Touch;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of conversions is an affiliate's: told to them without their customers, and erased where they were the customer. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class PersonConversionsDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Inject
    Pool pool;

    @Inject
    Conversions conversions;

    private Promoter ada;
    private Shop shop;
    private Touch click;
    private String mail;

    @BeforeEach
    void a_shop() {
        ada = Promoter.in(pool, "UTC");
        shop = new Shop(pool, ada);
        click = Touch.click(shop.click(Duration.ofHours(1)));
        mail = ada.id() + "@mail.example";
    }

    @Test
    void everything_credited_is_told_and_nothing_of_the_customers() {
        take(shop.sale("order-1", "kim-the-customer", 1_000, click));
        take(shop.sale("order-2", "kim-the-customer", 500, Touch.NONE));
        refund("order-1", 400);
        importRow(take(shop.sale("order-3", null, 100, new Touch(null, null, null, ada.id()))));

        archive()
                .body("findAll { it.kind == 'conversions' }", hasSize(3))
                .body("findAll { it.kind == 'conversions' }.data.amount.sort()", equalTo(List.of(100, 500, 1_000)))
                .body("findAll { it.kind == 'conversions' }.data.weightBps.unique()", equalTo(List.of(10_000)))
                .body("find { it.kind == 'refunds' }.data.amount", equalTo(400))
                .body("find { it.kind == 'referrals' }.data.status", equalTo("converted"))
                .body("find { it.kind == 'importRows' }.data.row", equalTo(7));
        assertThat(archive().extract().asString()).doesNotContain("kim-the-customer", "order-");
    }

    @Test
    void another_affiliates_are_not_told() {
        take(shop.sale("order-1", null, 1_000, click));
        ada = Promoter.in(pool, "UTC");
        archive().body("findAll { it.kind == 'conversions' }", hasSize(0));
    }

    @Test
    void an_erasure_leaves_amounts_and_takes_what_they_bought_themselves() {
        take(shop.sale("order-1", "kim", 1_000, click));
        Outcome own = take(bought("order-2", mail));
        Outcome lead = take(shop.lead(mail, click));
        assertThat(List.of(own.reason(), lead.reason())).containsOnly(Reason.SELF_REFERRAL);

        erase().body("erased.find { it.kind == 'conversions' }.rows", equalTo(2))
                .body("erased.find { it.kind == 'refunds' }.rows", equalTo(0))
                .body("erased.find { it.kind == 'referrals' }.rows", equalTo(0));
        erase().body("erased.find { it.kind == 'conversions' }.rows", equalTo(0));

        assertThat(shop.conversions().stream().map(JsonObject::encode)).noneMatch(row -> row.contains("@mail.example"));
        JsonObject kept = shop.conversion("order-2");
        assertThat(kept.getLong("amount_minor")).isEqualTo(700);
        assertThat(kept.getValue("buyer")).isNull();
        assertThat(shop.conversion("order-1").getString("customer_external_id")).isEqualTo("kim");
        archive().body("findAll { it.kind == 'conversions' }.data.amount", equalTo(List.of(1_000)));
    }

    private Outcome take(Incoming event) {
        return conversions.intake(List.of(event)).await().atMost(ANSWER).get(0);
    }

    private void refund(String sale, long amount) {
        IncomingRefund back = new IncomingRefund(
                ada.id(),
                IncomingRefund.RefundKind.REFUND,
                "back-" + sale,
                sale,
                new dev.tributary.money.Money(amount, "EUR"),
                Shop.now());
        conversions.refund(List.of(back)).await().atMost(ANSWER);
    }

    private Incoming bought(String order, String customer) {
        Incoming sale = shop.sale(order, customer, 700, click);
        return new Incoming(
                sale.programId(),
                sale.kind(),
                order,
                customer,
                sale.amount(),
                List.of(),
                sale.occurredAt(),
                Door.API,
                click,
                new Buyer(null, "mail.example", "203.0.113.0/24", "DE"),
                new Details("pro", null, Map.of("ship to", mail)));
    }

    /** As an import notes a row that somebody should look at. */
    private void importRow(Outcome outcome) {
        UUID upload = UUID.randomUUID();
        shop.run(
                """
                INSERT INTO conversion_import (id, program_id, name, source, dry_run, status, created_at, updated_at)
                VALUES ($1, $2, 'x.csv', 'file', false, 'succeeded', now(), now())
                """,
                upload,
                ada.id());
        shop.run(
                """
                INSERT INTO conversion_import_row (id, import_id, row_number, result, external_id, conversion_id, code, detail)
                VALUES (gen_random_uuid(), $1, 7, 'waiting', 'order-3', $2, '', '')
                """,
                upload,
                outcome.id());
    }

    private ValidatableResponse archive() {
        return given().auth()
                .oauth2(Tokens.of("admin"))
                .get(person() + "/personal-data")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse erase() {
        return given().auth()
                .oauth2(Tokens.of("admin"))
                .contentType("application/json")
                .body(Map.of("reason", "Case 4711"))
                .post(person() + "/erasure")
                .then()
                .statusCode(200);
    }

    private String person() {
        return "/api/admin/affiliates/" + TypeId.AFFILIATE.format(ada.id());
    }
}
