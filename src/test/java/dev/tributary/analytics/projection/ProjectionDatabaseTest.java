package dev.tributary.analytics.projection;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.analytics.figure.Happened;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Projections from what is stored. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ProjectionDatabaseTest {
    private static final String OWN = "/api/affiliate/projection";
    private static final String STAFF = "/api/admin/projection?programId=";

    @Inject
    Pool pool;

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    @Test
    void what_is_earned_every_day_goes_on() {
        Promoter ada = Promoter.in(pool, "UTC");
        Happened happened = new Happened(pool, ada);
        for (LocalDate day = today.minusDays(100); day.isBefore(today); day = day.plusDays(1))
            happened.sales(day, "", 1, 1_000);
        happened.fold(today);
        YearMonth next = YearMonth.from(today).plusMonths(1);

        ada.asks()
                .get(OWN)
                .then()
                .statusCode(200)
                .body("status", equalTo("projected"), "sample.weeks", equalTo(14), "sample.earningDays", equalTo(100))
                .body("explanation", containsString("last 14 weeks"), "intervalPercent", equalTo(80))
                .body("months", hasSize(4), "months[1].month", equalTo(next.toString()))
                .body("months[1].expected.amount", equalTo(100 * next.lengthOfMonth()))
                .body("months[1].expected.currency", equalTo("EUR"), "season.yearly", equalTo(false));
        assertThat(ada.asks().accept("text/csv").get(OWN).asString().lines()).hasSize(5);
        given().auth()
                .oauth2(Tokens.of("finance"))
                .get(STAFF + ada.programId() + "&affiliateId=" + TypeId.AFFILIATE.format(ada.id()))
                .then()
                .statusCode(200)
                .body("months[1].expected.amount", equalTo(100 * next.lengthOfMonth()));
        given().auth()
                .oauth2(Tokens.of("finance"))
                .get(STAFF + ada.programId())
                .then()
                .statusCode(200)
                .body("affiliateId", nullValue(), "status", equalTo("projected"));
    }

    @Test
    void who_has_hardly_earned_is_told_so() {
        Promoter ada = Promoter.in(pool, "UTC");
        Happened happened = new Happened(pool, ada);
        happened.sales(today.minusDays(20), "", 3, 1_000).fold(today);

        ada.asks()
                .get(OWN)
                .then()
                .statusCode(200)
                .body("status", equalTo("not_enough_history"), "months", hasSize(0), "season", nullValue())
                .body("explanation", containsString("2 whole weeks"));
    }
}
