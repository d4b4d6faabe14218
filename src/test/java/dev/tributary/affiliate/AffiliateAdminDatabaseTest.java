package dev.tributary.affiliate;

import static dev.tributary.affiliate.Staff.AFFILIATES;
import static dev.tributary.affiliate.Staff.affiliate;
import static dev.tributary.affiliate.Staff.as;
import static dev.tributary.affiliate.Staff.post;
import static dev.tributary.affiliate.Staff.status;
import static dev.tributary.affiliate.Staff.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class AffiliateAdminDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    Transactions transactions;

    @Inject
    Affiliates affiliates;

    private static Map<String, Object> whole(String recruiter) {
        return Map.of(
                "name",
                "Zoë " + unique(),
                "email",
                unique() + "@example.com",
                "country",
                "FR",
                "displayName",
                "Zo",
                "partnerType",
                "newsletter",
                "leaderboardOptIn",
                true,
                "channels",
                List.of(Map.of("kind", "blog", "url", "https://blog.example/zo", "audience", 1200)),
                "promotion",
                "One letter a week",
                "recruiterId",
                recruiter,
                "status",
                "pending");
    }

    @Test
    void all_that_is_known_of_an_affiliate_is_kept_and_changed() {
        String recruiter = affiliate();
        String id = affiliate(whole(recruiter));
        as("support")
                .get(AFFILIATES + "/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("pending"), "displayName", equalTo("Zo"))
                .body("partnerType", equalTo("newsletter"), "leaderboardOptIn", equalTo(true))
                .body("channels[0].url", equalTo("https://blog.example/zo"), "channels[0].audience", equalTo(1200))
                .body("promotion", equalTo("One letter a week"), "recruiterId", equalTo(recruiter))
                .body("taxStatus", equalTo("missing"), "fraudScore", nullValue(), "fraudStatus", equalTo("clear"))
                .body("bound", equalTo(false));

        patch(id, Map.of("taxStatus", "verified", "fraudStatus", "watch", "channels", List.of()))
                .statusCode(200)
                .body("taxStatus", equalTo("verified"), "fraudStatus", equalTo("watch"), "channels", empty())
                .body("displayName", equalTo("Zo"), "country", equalTo("FR"));
    }

    @ParameterizedTest
    @CsvSource({
        "status, suspended, status",
        "recruiterId, aff_01h455vb4pex5vsknk084sn02q, recruiterId",
        "country, Germany, country",
        "displayName, 'a\nb', displayName",
        "fraudScore, 3, fraudScore",
        "balance, 3, balance",
        "role, admin, role"
    })
    void what_staff_cannot_change_like_that_is_refused(String field, String value, String named) {
        patch(affiliate(), Map.of(field, value)).statusCode(400).body("errors[0].field", equalTo(named));
    }

    @Test
    void fields_have_bounds() {
        String id = affiliate();
        patch(id, Map.of("promotion", "x".repeat(2_001))).statusCode(400);
        patch(id, Map.of("displayName", "x".repeat(101))).statusCode(400);
        Map<String, Object> channel = Map.of("kind", "blog", "url", "https://blog.example/", "audience", 1);
        patch(id, Map.of("channels", Collections.nCopies(20, channel))).statusCode(200);
        patch(id, Map.of("channels", Collections.nCopies(21, channel)))
                .statusCode(400)
                .body("errors[0].code", equalTo("too_many"));
        patch(id, "{\"channels\": [null]}").statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "//evil.example", "ftp://x.example", "https://a b", "https://a\"onclick"})
    void a_channel_leads_to_the_web_and_nowhere_else(String url) {
        patch(affiliate(), Map.of("channels", List.of(Map.of("kind", "blog", "url", url, "audience", 0))))
                .statusCode(400)
                .body("errors[0].field", equalTo("channels[0]"));
    }

    @Test
    void a_recruiter_is_an_affiliate_and_never_changes_not_even_by_sql() {
        post(
                        AFFILIATES,
                        Map.of(
                                "name", "A",
                                "email", unique() + "@example.com",
                                "recruiterId", "aff_01h455vb4pex5vsknk084sn02q"))
                .statusCode(400)
                .body("errors[0].field", equalTo("recruiterId"));
        UUID first = uuid(affiliate());
        UUID second = uuid(affiliate(whole(TypeId.AFFILIATE.format(first))));
        assertThatThrownBy(() -> transactions
                        .run(tx -> tx.preparedQuery("UPDATE affiliate SET recruiter_id = $2 WHERE id = $1")
                                .execute(Tuple.of(first, second)))
                        .await()
                        .atMost(PATIENCE))
                .hasMessageContaining("recruiter");
    }

    @Test
    void the_list_is_narrowed_by_all_that_staff_look_for() {
        String mark = unique().substring(0, 8);
        String one = affiliate(Map.of(
                "name", "Q" + mark, "email", unique() + "@example.com", "partnerType", "agency", "country", "IS"));
        String two = affiliate(
                Map.of("name", "B", "displayName", "the q" + mark + " one", "email", unique() + "@example.com"));
        patch(one, Map.of("taxStatus", "submitted", "fraudStatus", "held")).statusCode(200);
        status(two, "suspended").statusCode(200);

        list("q=Q" + mark.toUpperCase()).body("data.id", containsInAnyOrder(one, two));
        list("q=" + mark + "&status=suspended").body("data.id", contains(two));
        list("q=" + mark + "&taxStatus=submitted").body("data.id", contains(one));
        list("q=" + mark + "&fraudStatus=held&partnerType=agency&country=IS").body("data.id", contains(one));
        list("q=" + mark + "&fraudStatus=watch").body("data", empty());
        list("q=%25" + mark).body("data", empty());
        list("recruiterId=" + one).body("data", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"taxStatus=x", "fraudStatus=x", "partnerType=x", "recruiterId=x", "q=%00", "country=%0A"})
    void a_filter_that_cannot_be_is_refused(String query) {
        as("support")
                .urlEncodingEnabled(false)
                .get(AFFILIATES + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void an_account_is_bound_to_one_affiliate_and_an_affiliate_to_one_account() {
        UUID one = uuid(affiliate());
        UUID two = uuid(affiliate());
        Account ann = new Account("https://issuer.test", unique());
        bind(one, ann);
        bind(one, ann);

        assertThatThrownBy(() -> bind(two, ann))
                .isInstanceOf(Problem.class)
                .hasMessage("This account is bound to another affiliate");
        assertThatThrownBy(() -> bind(one, new Account("https://issuer.test", unique())))
                .isInstanceOf(Problem.class)
                .hasMessage("This affiliate is bound to another account");
        assertThat(of(ann.issuer(), ann.subject())).contains(one);
        assertThat(of("https://other.test", ann.subject())).isEmpty();
    }

    private void bind(UUID id, Account account) {
        transactions.run(tx -> affiliates.bind(tx, id, account)).await().atMost(PATIENCE);
    }

    private java.util.Optional<UUID> of(String issuer, String subject) {
        return affiliates.affiliateOf(issuer, subject).await().atMost(PATIENCE);
    }

    private static io.restassured.response.ValidatableResponse patch(String id, Object body) {
        return as("admin").body(body).patch(AFFILIATES + "/" + id).then();
    }

    private static io.restassured.response.ValidatableResponse list(String query) {
        return as("support")
                .urlEncodingEnabled(false)
                .get(AFFILIATES + "?" + query)
                .then()
                .statusCode(200);
    }

    private static UUID uuid(String id) {
        return TypeId.AFFILIATE.parse(id).orElseThrow();
    }
}
