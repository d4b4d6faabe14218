package dev.tributary.commission;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.Tokens;
import dev.tributary.conversion.Conversions;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A conversion whose commission has moved on stays as it was decided, whoever asks. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class FrozenDatabaseTest {
    @Inject
    Pool pool;

    @Inject
    Conversions conversions;

    @Inject
    Transactions transactions;

    @Inject
    Booker booker;

    private Merchant merchant;
    private UUID other;
    private UUID sale;

    @BeforeEach
    void a_sale_that_is_booked() {
        merchant = new Merchant(pool, conversions, transactions, booker);
        other = merchant.recruit();
        sale = merchant.sale(10_000);
        merchant.book();
    }

    @Test
    void while_its_commission_is_pending_it_goes_to_another_and_the_books_follow() {
        decide().body("data[0].outcome", equalTo("changed"))
                .body("data[0].conversion.credits[0].affiliateId", equalTo(TypeId.AFFILIATE.format(other)));
        merchant.book();
        assertThat(merchant.balance()).isEqualTo("0 0");
        assertThat(merchant.balance(other)).isEqualTo("1000 0");
    }

    @Test
    void once_it_is_approved_it_stays() {
        String commission = TypeId.COMMISSION.format(
                UUID.fromString(merchant.query("SELECT id FROM commission WHERE conversion_id = $1", sale)
                        .get(0)
                        .getString("id")));
        given().auth()
                .oauth2(Tokens.of("admin"))
                .contentType("application/json")
                .body(Map.of("ids", List.of(commission), "decision", "approve"))
                .post("/api/admin/commissions/decisions")
                .then()
                .statusCode(200);
        decide().body("data[0].outcome", equalTo("frozen"))
                .body(
                        "data[0].conversion.credits[0].affiliateId",
                        equalTo(TypeId.AFFILIATE.format(merchant.promoter.id())))
                .body("data[0].conversion.decision", equalTo(1));
        merchant.book();
        assertThat(merchant.balance()).isEqualTo("0 1000");
        assertThat(merchant.balance(other)).isEqualTo("none");
    }

    private ValidatableResponse decide() {
        return given().auth()
                .oauth2(Tokens.of("admin"))
                .contentType("application/json")
                .body(Map.of(
                        "ids", List.of(TypeId.CONVERSION.format(sale)), "affiliateId", TypeId.AFFILIATE.format(other)))
                .post("/api/admin/conversions/decisions")
                .then()
                .statusCode(200);
    }
}
