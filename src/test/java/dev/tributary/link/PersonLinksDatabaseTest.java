package dev.tributary.link;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What of links is a person's: told to them, and the names of campaigns erased with them. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class PersonLinksDatabaseTest {
    private static final String AFFILIATES = "/api/admin/affiliates";
    private static final String CAMPAIGN =
            """
            INSERT INTO campaign (id, enrollment_id, program_id, affiliate_id, name, created_at, updated_at)
            SELECT gen_random_uuid(), id, program_id, affiliate_id, 'Petra''s summer', now(), now() FROM enrollment
             WHERE affiliate_id = $1
            """;

    @Inject
    Transactions transactions;

    @Test
    void links_are_told_and_stay_and_campaigns_lose_their_names() {
        String affiliate = made(AFFILIATES, Map.of("name", "Petra", "email", unique() + "@example.com"));
        String program = made(
                "/api/admin/programs",
                Map.of("name", "P " + unique(), "landingUrl", "https://shop.example.com/", "currency", "EUR"));
        made("/api/admin/programs/" + program + "/enrollments", Map.of("affiliateId", affiliate));
        String code = "L" + unique().substring(0, 8);
        made("/api/admin/links", Map.of("programId", program, "affiliateId", affiliate, "code", code));
        transactions
                .run(tx -> tx.preparedQuery(CAMPAIGN)
                        .execute(Tuple.of(TypeId.AFFILIATE.parse(affiliate).orElseThrow())))
                .await()
                .atMost(Duration.ofSeconds(10));
        archive(affiliate, "Petra's summer", code);

        staff().body(Map.of("reason", "Case 1"))
                .post(AFFILIATES + "/" + affiliate + "/erasure")
                .then()
                .statusCode(200)
                .body("erased.find { it.kind == 'campaigns' }.rows", equalTo(1))
                .body("erased.find { it.kind == 'links' }.rows", equalTo(0));
        String id = staff().get(AFFILIATES + "/" + affiliate + "/personal-data")
                .path("find { it.kind == 'campaigns' }.data.id");
        archive(affiliate, "erased " + TypeId.CAMPAIGN.parse(id).orElseThrow(), code);
    }

    private static void archive(String affiliate, String campaign, String code) {
        staff().get(AFFILIATES + "/" + affiliate + "/personal-data")
                .then()
                .statusCode(200)
                .body("find { it.kind == 'campaigns' }.data.name", equalTo(campaign))
                .body("find { it.kind == 'links' && it.data.code == '" + code + "' }.data.status", equalTo("active"));
    }

    private static String made(String path, Map<String, ?> body) {
        return staff().body(body).post(path).then().statusCode(201).extract().path("id");
    }

    private static RequestSpecification staff() {
        return given().auth()
                .oauth2(Tokens.of("admin"))
                .accept("application/json")
                .contentType("application/json");
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }
}
