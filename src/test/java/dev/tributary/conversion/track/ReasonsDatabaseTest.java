package dev.tributary.conversion.track;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.access.ApiKeys;
import dev.tributary.access.KeyOwner;
import dev.tributary.conversion.FraudProbe;
import dev.tributary.conversion.Reason;
import dev.tributary.conversion.Shop;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason for which a conversion earns nothing, told through a door and read by staff; a new one does not compile here. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ReasonsDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Inject
    ApiKeys keys;

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    private Promoter ada;
    private Shop shop;
    private String secret;

    @BeforeEach
    void a_shop_with_a_key() {
        ada = Promoter.in(pool, "UTC");
        shop = new Shop(pool, ada);
        secret = transactions
                .run(tx -> keys.issue(tx, KeyOwner.PROGRAM, ada.id(), "shop", Set.of("track:write")))
                .await()
                .atMost(ANSWER)
                .secret();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void what_earns_nothing_is_stored_with_its_reason(Reason reason) {
        JsonObject event = because(reason);
        boolean byHand = event.containsKey("programId");
        boolean lead = !byHand && !event.containsKey("amount");
        RequestSpecification door = byHand
                ? given().auth().oauth2(Tokens.of("admin"))
                : given().header("Authorization", "Bearer " + secret);
        JsonObject told = event.put("externalId", "last");
        int status = door.contentType("application/json")
                .body(told.encode())
                .post(byHand ? "/api/admin/conversions" : "/api/track/" + (lead ? "lead" : "sale"))
                .statusCode();

        assertThat(status).isEqualTo(reason == Reason.CURRENCY_MISMATCH ? 422 : byHand ? 200 : 201);
        given().auth()
                .oauth2(Tokens.of("support"))
                .get("/api/admin/conversions?externalId=last&programId=" + ada.programId())
                .then()
                .statusCode(200)
                .body("data.status", equalTo(java.util.List.of("rejected")))
                .body("data.reason", equalTo(java.util.List.of(reason.word())))
                .body("data[0].credits", hasSize(0));
        assertThat(shop.told()).endsWith("conversion.rejected");
    }

    /** The event that is refused for it, once the ground is laid. */
    private JsonObject because(Reason reason) {
        return switch (reason) {
            case DUPLICATE -> {
                given().header("Authorization", "Bearer " + secret)
                        .contentType("application/json")
                        .body(lead("kim", click()).put("externalId", "first").encode())
                        .post("/api/track/lead")
                        .then()
                        .statusCode(201);
                yield lead("kim", click());
            }
            case AFFILIATE_UNKNOWN ->
                new JsonObject()
                        .put("programId", ada.programId())
                        .put("affiliateId", TypeId.AFFILIATE.format(UUID.randomUUID()))
                        .put("revenue", money("EUR"));
            case AFFILIATE_SUSPENDED -> {
                JsonObject sale = sale(click());
                shop.run("UPDATE enrollment SET status = 'suspended' WHERE id = $1", ada.id());
                yield sale;
            }
            case PROMO_CODE_UNKNOWN -> sale(null).put("promoCode", "NOSUCHCODE");
            case CLICK_UNKNOWN -> {
                // Where nothing is held, a click that has not landed is not waited for.
                shop.run("UPDATE program SET hold_days = 0 WHERE id = $1", ada.id());
                yield sale(Shop.clickId(Shop.now()));
            }
            case CLICK_NOT_HUMAN -> sale(shop.click(Duration.ofHours(1), null, "bot", ""));
            case CLICK_NOT_CREDITED -> {
                UUID click = click();
                shop.run("UPDATE click SET credited = false WHERE id = $1", click);
                yield sale(click);
            }
            case OUTSIDE_WINDOW -> sale(shop.click(Duration.ofDays(40)));
            case NO_EVIDENCE -> sale(null);
            case PROGRAM_INACTIVE -> {
                JsonObject sale = sale(click());
                shop.run("UPDATE program SET active = false WHERE id = $1", ada.id());
                yield sale;
            }
            case CURRENCY_MISMATCH -> sale(click()).put("amount", money("USD"));
            case SELF_REFERRAL -> sale(click()).put("customerExternalId", ada.id() + "@mail.example");
            case FRAUD -> sale(click()).put("customerExternalId", FraudProbe.CUSTOMER);
        };
    }

    private UUID click() {
        return shop.click(Duration.ofHours(1));
    }

    private static JsonObject sale(@Nullable UUID click) {
        JsonObject sale = new JsonObject().put("amount", money("EUR"));
        return click == null ? sale : sale.put("clickId", TypeId.CLICK.format(click));
    }

    private static JsonObject lead(String customer, UUID click) {
        return new JsonObject().put("customerExternalId", customer).put("clickId", TypeId.CLICK.format(click));
    }

    private static JsonObject money(String currency) {
        return new JsonObject().put("amount", 1_000).put("currency", currency);
    }
}
