package dev.tributary.crypto;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.Promoter;
import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An installation without a master key takes nothing that must not be kept in clear. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class NoMasterKeyDatabaseTest {
    @Inject
    Pool pool;

    private Promoter ann;

    @BeforeEach
    void no_key() {
        ann = Promoter.in(pool, "UTC");
        QuarkusMock.installMockForType(new Vault(new MasterKey(Optional.empty(), Optional.empty())), Vault.class);
    }

    @Test
    void a_bank_account_is_refused_with_the_setting_that_is_missing() {
        refused(ann.asks()
                .body(Map.of("rail", "stub_bank", "details", Map.of("account", "acc-1234")))
                .post("/api/affiliate/payout-methods")
                .then());
        ann.asks().get("/api/affiliate/payout-methods").then().body("data", equalTo(List.of()));
    }

    @Test
    void a_tax_form_is_refused_with_the_setting_that_is_missing() {
        refused(ann.asks()
                .body(Map.of(
                        "name", "Ann Example",
                        "citizenship", "DE",
                        "address",
                                Map.of(
                                        "line1",
                                        "Hauptstraße 1",
                                        "city",
                                        "Berlin",
                                        "postalCode",
                                        "10115",
                                        "country",
                                        "DE"),
                        "foreignTaxNumber", "12 345 678 901",
                        "bornOn", "1990-02-28",
                        "signature", Map.of("name", "Ann Example", "agreed", true)))
                .post("/api/affiliate/tax-form/w8ben")
                .then());
        ann.asks().get("/api/affiliate/tax-form").then().body("status", equalTo("missing"));
    }

    private static void refused(ValidatableResponse answer) {
        answer.statusCode(422)
                .body("code", equalTo("unprocessable"))
                .body("detail", containsString("tributary.crypto.master-key"));
    }
}
