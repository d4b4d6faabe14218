package dev.tributary;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the probes say while a store is away. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class HealthDatabaseTest {
    private static final String PROGRAMS = "/api/admin/programs";

    private static void ready() {
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'redirect' }.data.linksLoaded", equalTo(true))
                .body("checks.find { it.name == 'redirect' }.data.journalOpen", equalTo(true));
    }

    private static void stores(int status, String postgres, String redis) {
        given().get("/q/health/group/stores")
                .then()
                .statusCode(status)
                .body("checks.find { it.name == 'postgresql' }.status", equalTo(postgres))
                .body("checks.find { it.name == 'redis' }.status", equalTo(redis));
    }

    /** Connections that broke are found broken one by one, each by a request that fails. */
    private static void awaitPostgres() {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (given().auth().oauth2(Tokens.of("admin")).get(PROGRAMS).statusCode() != 200)
            assertThat(System.nanoTime()).as("PostgreSQL does not answer").isLessThan(deadline);
    }

    @Test
    void an_instance_with_both_stores_is_ready() {
        awaitPostgres();
        ready();
        stores(200, "UP", "UP");
    }

    @Test
    void an_instance_stays_ready_while_postgresql_hangs() {
        Stores.postgres().freeze();
        try {
            ready();
            stores(503, "DOWN", "UP");
            given().auth()
                    .oauth2(Tokens.of("admin"))
                    .get(PROGRAMS)
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json");
        } finally {
            Stores.postgres().thaw();
        }
        awaitPostgres();
    }

    @Test
    void an_instance_stays_ready_while_postgresql_is_dead() {
        Stores.postgres().kill();
        try {
            ready();
            stores(503, "DOWN", "UP");
        } finally {
            Stores.postgres().restart();
        }
        awaitPostgres();
        stores(200, "UP", "UP");
    }

    @Test
    void an_instance_stays_ready_while_redis_hangs() {
        Stores.redis().freeze();
        try {
            ready();
            stores(503, "UP", "DOWN");
        } finally {
            Stores.redis().thaw();
        }
        ready();
    }
}
