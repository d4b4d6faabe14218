package dev.tributary.affiliate;

import static dev.tributary.affiliate.Staff.AFFILIATES;
import static dev.tributary.affiliate.Staff.affiliate;
import static dev.tributary.affiliate.Staff.as;
import static dev.tributary.affiliate.Staff.post;
import static dev.tributary.affiliate.Staff.unique;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything about one person, handed out and erased, with an account of their own. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class PersonalDataDatabaseTest {
    private static final String OWN = "/api/affiliate/personal-data";

    @Inject
    Transactions transactions;

    @Inject
    Affiliates affiliates;

    /** In every text of theirs, and nowhere else in the database. */
    private final String petra = "Petra" + unique().substring(0, 8);

    private final String subject = unique();
    private final String email = unique() + "@example.com";
    private String id = "";

    @BeforeEach
    void somebody() {
        id = affiliate(Map.of(
                "name",
                petra + " Person",
                "email",
                email,
                "displayName",
                petra,
                "promotion",
                petra + "'s letters",
                "country",
                "AT",
                "channels",
                List.of(Map.of("kind", "blog", "url", "https://" + petra + ".example/", "audience", 10))));
        transactions
                .run(tx -> affiliates.bind(
                        tx, TypeId.AFFILIATE.parse(id).orElseThrow(), new Account("https://issuer.test", subject)))
                .await()
                .atMost(Duration.ofSeconds(10));
        post(
                        AFFILIATES + "/" + id + "/violations",
                        Map.of("kind", "spam", "severity", "low", "evidence", petra + " wrote", "action", "warning"))
                .statusCode(201);
        own().contentType("application/json")
                .body(Map.of("name", petra + "'s sheet"))
                .post("/api/affiliate/api-keys")
                .then()
                .statusCode(201);
    }

    private io.restassured.specification.RequestSpecification own() {
        return given().auth().oauth2(Tokens.as(subject, "affiliate"));
    }

    private ValidatableResponse erase() {
        return post(AFFILIATES + "/" + id + "/erasure", Map.of("reason", "Case 4711"));
    }

    @Test
    void the_archive_holds_every_kind() {
        as("admin")
                .get(AFFILIATES + "/" + id + "/personal-data")
                .then()
                .statusCode(200)
                .header("Content-Disposition", "attachment; filename=\"personal-data.json\"")
                .body("find { it.kind == 'affiliate' }.data.email", equalTo(email))
                .body("find { it.kind == 'affiliate' }.data.subject", equalTo(subject))
                .body("find { it.kind == 'affiliate' }.data.channels[0].url", equalTo("https://" + petra + ".example/"))
                .body("find { it.kind == 'violations' }.data.evidence", equalTo(petra + " wrote"))
                .body("find { it.kind == 'apiKeys' }.data.name", equalTo(petra + "'s sheet"))
                .body("findAll { it.kind == 'changes' }.data.action", hasItem("affiliate.create"))
                .body("findAll { it.kind == 'changes' }.data.action", hasItem("api_key.create"))
                .body("findAll { it.kind == 'changes' }.data.action", hasItem("affiliate.export"));
    }

    @Test
    void a_person_reads_their_own_and_nobody_elses() {
        own().get(OWN).then().statusCode(200).body("findAll { it.kind == 'affiliate' }.data.id", equalTo(List.of(id)));
        given().auth().oauth2(Tokens.as(unique(), "affiliate")).get(OWN).then().statusCode(403);
        own().get(AFFILIATES + "/" + id + "/personal-data").then().statusCode(403);
        as("support").get(AFFILIATES + "/" + id + "/personal-data").then().statusCode(403);
        as("admin")
                .get(AFFILIATES + "/aff_01h455vb4pex5vsknk084sn02q/personal-data")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void an_erasure_leaves_ids_and_states_and_nothing_of_the_person() {
        erase().statusCode(200)
                .body("id", equalTo(id))
                .body("erased.find { it.kind == 'affiliate' }.rows", equalTo(1))
                .body("erased.find { it.kind == 'apiKeys' }.rows", equalTo(1))
                .body("erased.find { it.kind == 'violations' }.rows", equalTo(1));

        as("support")
                .get(AFFILIATES + "/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("closed"), "name", equalTo(""), "email", equalTo(""))
                .body("country", equalTo("AT"), "bound", equalTo(false), "channels", hasSize(0));
        String violations = as("support")
                .get(AFFILIATES + "/" + id + "/violations")
                .then()
                .body("data.kind", equalTo(List.of("spam")))
                .extract()
                .asString();
        String record = as("support")
                .get("/api/admin/audit?objectId=" + id)
                .then()
                .body("data[0].action", equalTo("affiliate.erase"))
                .body("data[0].after.reason", equalTo("Case 4711"))
                .body("data.findAll { it.action != 'affiliate.erase' }.after.erased", everyItem(equalTo(true)))
                .extract()
                .asString();
        assertThat(violations + record).doesNotContain(petra).doesNotContain(subject);
        assertThat(mentions()).isZero();
        as("support").get("/api/admin/audit?actor=" + subject).then().body("data", hasSize(0));
        affiliate(Map.of("name", "Another", "email", email));
    }

    @Test
    void an_erasure_can_be_asked_for_again() {
        erase().statusCode(200);
        erase().statusCode(200).body("erased.findAll { it.kind != 'changes' }.rows", everyItem(equalTo(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reason\": \"\"}", "{\"reason\": 1, \"force\": true}"})
    void an_erasure_has_a_reason(String body) {
        post(AFFILIATES + "/" + id + "/erasure", body).statusCode(400);
    }

    @Test
    void only_an_admin_erases() {
        for (String role : List.of("support", "finance", "affiliate"))
            as(role).body(Map.of("reason", "R"))
                    .post(AFFILIATES + "/" + id + "/erasure")
                    .then()
                    .statusCode(403);
    }

    /** Rows of the affiliate's and of the record that still have a word of theirs. */
    private long mentions() {
        String sql = "SELECT (SELECT count(*) FROM affiliate a WHERE a::text ~ $1)"
                + " + (SELECT count(*) FROM violation v WHERE v::text ~ $1)"
                + " + (SELECT count(*) FROM api_key k WHERE k::text ~ $1)"
                + " + (SELECT count(*) FROM audit_entry e WHERE e::text ~ $1)"
                + " + (SELECT count(*) FROM outbox_event o WHERE o::text ~ $1)";
        return transactions
                .read(c -> c.preparedQuery(sql).execute(Tuple.of(petra + "|" + subject + "|" + email)))
                .await()
                .atMost(Duration.ofSeconds(10))
                .iterator()
                .next()
                .getLong(0);
    }
}
