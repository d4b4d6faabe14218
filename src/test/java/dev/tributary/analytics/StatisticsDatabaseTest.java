package dev.tributary.analytics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.Promoter;
import dev.tributary.access.ApiKeys;
import dev.tributary.access.KeyOwner;
import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What affiliates read of their own clicks, conversions and commissions, in the browser and with a key. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class StatisticsDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String STATISTICS = "/api/affiliate/statistics";
    private static final String V1 = "/api/affiliate/v1/";
    private static final String MARCH = "from=2026-03-01&to=2026-04-01";

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    ApiKeys keys;

    @Inject
    Ids ids;

    private Promoter ada;

    @BeforeEach
    void one_of_them() {
        ada = Promoter.in(pool, "America/New_York");
    }

    @Test
    void clicks_leads_and_sales_stand_beside_each_other_by_source_tag() {
        clicks(ada, ada.id(), "2026-03-10T12:00Z", "youtube", 200, 150);
        clicks(ada, ada.id(), "2026-03-11T12:00Z", "youtube", 200, 150);
        clicks(ada, ada.id(), "2026-03-11T12:00Z", "news", 30, 30);
        conversion(ada, "lead", "2026-03-11T13:00Z", "youtube", 0, "accepted");
        UUID sale = conversion(ada, "sale", "2026-03-12T13:00Z", "youtube", 5000, "accepted");
        conversion(ada, "sale", "2026-03-12T13:00Z", "youtube", 9999, "rejected");
        commission(ada, sale, 500, "EUR", "pending", "2026-03-12T13:00Z");
        commission(ada, sale, 70, "EUR", "reversed", "2026-03-12T13:00Z");

        ask(ada, STATISTICS + "?by=src&" + MARCH)
                .body("programId", equalTo(ada.programId()), "timeZone", equalTo("America/New_York"))
                .body("data.key", equalTo(List.of("youtube", "news")))
                .body("data.clicks", equalTo(List.of(400, 30)), "data.uniques", equalTo(List.of(300, 30)))
                .body("data.leads", equalTo(List.of(1, 0)), "data.sales", equalTo(List.of(1, 0)))
                .body("data[0].conversionRateBps", equalTo(25), "data[0].leadRateBps", equalTo(25))
                .body("data[0].revenue.amount", equalTo(5000), "data[0].revenue.currency", equalTo("EUR"))
                .body("data[0].earned.amount", equalTo(500))
                .body("totals.clicks", equalTo(430), "totals.sales", equalTo(1))
                .body("truncated", equalTo(false));
        ask(ada, STATISTICS + "?by=src&limit=1&" + MARCH)
                .body("data", hasSize(1), "totals.clicks", equalTo(430), "truncated", equalTo(true));
    }

    @Test
    void days_weeks_and_months_are_those_of_the_program() {
        clicks(ada, ada.id(), "2026-03-01T04:00Z", "", 1, 1);
        clicks(ada, ada.id(), "2026-03-01T05:00Z", "", 2, 2);
        clicks(ada, ada.id(), "2026-03-09T03:00Z", "", 4, 4);
        clicks(ada, ada.id(), "2026-03-09T04:00Z", "", 8, 8);

        ask(ada, STATISTICS + "?by=day&" + MARCH)
                .body("from", equalTo("2026-03-01T05:00:00Z"), "to", equalTo("2026-04-01T04:00:00Z"))
                .body("data.key", equalTo(List.of("2026-03-01", "2026-03-08", "2026-03-09")))
                .body("data.clicks", equalTo(List.of(2, 4, 8)));
        ask(ada, STATISTICS + "?by=week&" + MARCH)
                .body("data.key", equalTo(List.of("2026-02-23", "2026-03-02", "2026-03-09")));
        ask(ada, STATISTICS + "?by=month&from=2026-02-01&to=2026-04-01")
                .body("data.key", equalTo(List.of("2026-02", "2026-03")), "data.clicks", equalTo(List.of(1, 14)));
    }

    @Test
    void links_have_their_code_and_campaigns_their_name() {
        UUID other = link(ada, "SECOND");
        UUID campaign = campaign(ada, "Spring");
        query("UPDATE link SET campaign_id = $2 WHERE id = $1", other, campaign);
        clicks(ada, ada.id(), "2026-03-10T12:00Z", "", 5, 5);
        clicks(ada, other, "2026-03-10T12:00Z", "", 7, 7);

        ask(ada, STATISTICS + "?by=link&" + MARCH)
                .body("data.key", equalTo(List.of(TypeId.LINK.format(other), ada.linkId())))
                .body("data[1].label", equalTo(ada.code()));
        ask(ada, STATISTICS + "?by=campaign&" + MARCH)
                .body("data.key", equalTo(List.of(TypeId.CAMPAIGN.format(campaign), "")))
                .body("data.label", equalTo(java.util.Arrays.asList("Spring", null)))
                .body("data.clicks", equalTo(List.of(7, 5)));
        ask(ada, STATISTICS + "?by=day&" + MARCH + "&campaignId=" + TypeId.CAMPAIGN.format(campaign))
                .body("totals.clicks", equalTo(7));
        ask(ada, "/api/affiliate/links/" + ada.linkId() + "/statistics?" + MARCH)
                .body("by", equalTo("day"), "totals.clicks", equalTo(5), "data[0].clicks", equalTo(5));
    }

    @Test
    void one_affiliate_never_sees_anothers_figures() {
        Promoter ben = Promoter.in(pool, "UTC");
        clicks(ben, ben.id(), "2026-03-10T12:00Z", "x", 9, 9);
        UUID campaign = campaign(ben, "Spring");

        ask(ada, STATISTICS + "?by=src&" + MARCH).body("data", hasSize(0), "totals.clicks", equalTo(0));
        for (String path : List.of(
                STATISTICS + "?programId=" + ben.programId(),
                STATISTICS + "?campaignId=" + TypeId.CAMPAIGN.format(campaign),
                "/api/affiliate/links/" + ben.linkId() + "/statistics",
                "/api/affiliate/links/nonsense/statistics"))
            ada.asks().get(path).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void those_in_several_programs_say_which() {
        UUID second = ada.another();

        ada.asks().get(STATISTICS).then().statusCode(400).body("errors.field", hasItem("programId"));
        ask(ada, STATISTICS + "?programId=" + TypeId.PROGRAM.format(second))
                .body("timeZone", equalTo("UTC"), "data", hasSize(0));
    }

    @Test
    void without_dates_it_is_the_last_thirty_days_and_today() {
        clicks(
                ada,
                ada.id(),
                OffsetDateTime.now()
                        .minusDays(1)
                        .withMinute(0)
                        .withSecond(0)
                        .withNano(0)
                        .toString(),
                "",
                3,
                2);
        clicks(
                ada,
                ada.id(),
                OffsetDateTime.now()
                        .minusDays(40)
                        .withMinute(0)
                        .withSecond(0)
                        .withNano(0)
                        .toString(),
                "",
                5,
                5);

        ask(ada, STATISTICS).body("totals.clicks", equalTo(3), "totals.uniques", equalTo(2));
    }

    @Test
    void statistics_come_as_csv() {
        clicks(ada, ada.id(), "2026-03-10T12:00Z", "=1+1", 4, 4);

        String csv = ada.asks()
                .accept("text/csv")
                .get(STATISTICS + "?by=src&" + MARCH)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(csv)
                .isEqualTo(
                        "key,label,clicks,uniques,leads,sales,leadRateBps,conversionRateBps,revenue,earned,currency\r\n"
                                + "'=1+1,,4,4,0,0,0,0,0,0,EUR\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "by=moon, by",
        "by=all, by",
        "from=2026-02-30, from",
        "from=yesterday, from",
        "from=2026-03-02&to=2026-03-01, to",
        "from=2020-01-01&to=2026-01-01, from",
        "from=1970-01-01, from",
        "to=9999-01-01, to",
        "limit=0, limit",
        "limit=1001, limit",
        "programId=x, programId",
        "affiliateId=x, affiliateId",
        "by=day&by=src, by",
    })
    void what_cannot_be_asked_is_refused_with_its_name(String query, String field) {
        ada.asks().get(STATISTICS + "?" + query).then().statusCode(400).body("errors.field", hasItem(field));
        if (!query.contains("by="))
            key(ada).get(V1 + "stats?" + query).then().statusCode(400).body("errors.field", hasItem(field));
    }

    @Test
    void a_key_reads_sums_and_groups() {
        clicks(ada, ada.id(), "2026-03-10T12:00Z", "news", 10, 9);
        UUID sale = conversion(ada, "sale", "2026-03-12T13:00Z", "news", 5000, "accepted");
        commission(ada, sale, 500, "EUR", "approved", "2026-03-12T13:00Z");

        key(ada).get(V1 + "stats?" + MARCH)
                .then()
                .statusCode(200)
                .body("by", nullValue(), "data", hasSize(0), "totals.clicks", equalTo(10))
                .body("totals.conversionRateBps", equalTo(1000), "totals.earned.amount", equalTo(500));
        for (String by : List.of("day", "week", "month", "src", "link"))
            key(ada).get(V1 + "stats?groupBy=" + by + "&" + MARCH)
                    .then()
                    .statusCode(200)
                    .body("by", equalTo(by), "totals.clicks", equalTo(10), "data.clicks", hasItem(10));
        String csv = key(ada).accept("text/csv")
                .get(V1 + "stats?" + MARCH)
                .then()
                .extract()
                .asString();
        assertThat(csv).endsWith("\r\n,,10,9,0,1,0,1000,5000,500,EUR\r\n");
    }

    @Test
    void earnings_never_add_one_currency_to_another() {
        commission(ada, null, 100, "EUR", "pending", "2026-03-12T13:00Z");
        commission(ada, null, 200, "EUR", "paid", "2026-03-13T13:00Z");
        commission(ada, null, 400, "USD", "held", "2026-03-13T13:00Z");
        commission(ada, null, 800, "EUR", "rejected", "2026-03-13T13:00Z");

        key(ada).get(V1 + "earnings?" + MARCH)
                .then()
                .statusCode(200)
                .body("data.key", equalTo(List.of("2026-03", "2026-03")))
                .body("data.currency", equalTo(List.of("EUR", "USD")), "data.earned", equalTo(List.of(300, 400)))
                .body("data[0].pending", equalTo(100), "data[0].paid", equalTo(200), "data[0].lost", equalTo(800))
                .body("totals.currency", equalTo(List.of("EUR", "USD")), "totals.earned", equalTo(List.of(300, 400)));
        key(ada).get(V1 + "earnings?groupBy=day&" + MARCH).then().body("data", hasSize(3));
        key(ada).get(V1 + "earnings?groupBy=src&limit=1&" + MARCH)
                .then()
                .body("data", hasSize(1), "truncated", equalTo(true), "totals", hasSize(2));
        String csv = key(ada).accept("text/csv")
                .get(V1 + "earnings?" + MARCH)
                .then()
                .extract()
                .asString();
        assertThat(csv).contains("2026-03,,EUR,3,100,0,200,0,300,800\r\n");
    }

    @Test
    void referrals_come_page_by_page_and_without_whom_they_name() {
        for (int i = 0; i < 3; i++) referral(ada, "2026-03-1" + i + "T12:00Z", i == 0 ? "converted" : "signed_up");

        String path = V1 + "referrals?limit=2";
        String next = key(ada).get(path)
                .then()
                .statusCode(200)
                .body("data", hasSize(2), "data[0].customerExternalId", nullValue(), "nextCursor", notNullValue())
                .extract()
                .path("nextCursor");
        key(ada).get(path + "&cursor=" + next).then().body("data", hasSize(1), "nextCursor", nullValue());
        key(Promoter.in(pool, "UTC")).get(V1 + "referrals").then().body("data", hasSize(0));
        key(ada).get(V1 + "referrals?status=converted").then().body("data", hasSize(1));
        key(ada).get(V1 + "referrals?from=2026-03-11&to=2026-03-12").then().body("data", hasSize(1));
        key(ada).get(V1 + "referrals?status=gone").then().statusCode(400);
        assertThat(key(ada).accept("text/csv")
                        .get(V1 + "referrals")
                        .then()
                        .extract()
                        .asString()
                        .lines())
                .hasSize(4);
    }

    @Test
    void commissions_come_with_what_they_were_earned_with() {
        UUID sale = conversion(ada, "sale", "2026-03-12T13:00Z", "news", 5000, "accepted");
        UUID earned = commission(ada, sale, 500, "EUR", "approved", "2026-03-12T13:00Z");
        commission(ada, null, 900, "EUR", "pending", "2026-03-13T13:00Z");

        key(ada).get(V1 + "commissions?src=news")
                .then()
                .statusCode(200)
                .body("data.id", equalTo(List.of(TypeId.COMMISSION.format(earned))))
                .body("data[0].amount.amount", equalTo(500), "data[0].linkId", equalTo(ada.linkId()))
                .body("data[0].conversionId", equalTo(TypeId.CONVERSION.format(sale)));
        key(ada).get(V1 + "commissions?status=pending").then().body("data", hasSize(1));
        assertThat(key(ada).accept("text/csv")
                        .get(V1 + "commissions")
                        .then()
                        .extract()
                        .asString()
                        .lines())
                .hasSize(3);
    }

    @Test
    void the_way_to_the_next_tier_counts_what_earned() {
        UUID first = conversion(ada, "sale", "2026-03-12T13:00Z", "", 5000, "accepted");
        UUID second = conversion(ada, "sale", "2026-03-12T13:00Z", "", 100, "accepted");
        conversion(ada, "sale", "2026-03-12T13:00Z", "", 900, "accepted");
        commission(ada, first, 500, "EUR", "paid", "2026-03-12T13:00Z");
        commission(ada, first, 50, "EUR", "pending", "2026-03-12T13:00Z");
        commission(ada, second, 10, "EUR", "reversed", "2026-03-12T13:00Z");

        ask(ada, "/api/affiliate/profile")
                .body("membership.progress.conversions", equalTo(1))
                .body("membership.progress.revenue.amount", equalTo(5000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stats", "referrals", "commissions", "earnings"})
    void the_first_version_takes_keys_only_and_never_in_the_address(String path) {
        given().get(V1 + path).then().statusCode(401);
        ada.asks().get(V1 + path).then().statusCode(403);
        given().get(V1 + path + "?key=" + secret(ada)).then().statusCode(401);
        key(ada).get(V1 + path).then().statusCode(200);
        key(ada).get(STATISTICS).then().statusCode(403);
    }

    private static ValidatableResponse ask(Promoter who, String path) {
        return who.asks().get(path).then().statusCode(200);
    }

    private RequestSpecification key(Promoter who) {
        return given().header("Authorization", "Bearer " + secret(who)).accept("application/json");
    }

    private String secret(Promoter who) {
        return transactions
                .run(tx -> keys.issue(tx, KeyOwner.AFFILIATE, who.id(), "test", Set.of()))
                .await()
                .atMost(ANSWER)
                .secret();
    }

    private void clicks(Promoter who, UUID link, String hour, String src, long clicks, long uniques) {
        query(
                "INSERT INTO click_hourly (hour, link_id, src, country, device, program_id, affiliate_id, clicks, uniques,"
                        + " duplicates, unverified, bots, prefetches, heads)"
                        + " VALUES ($1, $2, $3, '', '', $4, $4, $5::bigint, $6::bigint, $5 - $6, 0, 0, 0, 0)",
                OffsetDateTime.parse(hour),
                link,
                src,
                who.id(),
                clicks,
                uniques);
    }

    private UUID conversion(Promoter who, String kind, String at, String src, long amount, String status) {
        UUID id = ids.next();
        query(
                "INSERT INTO conversion (id, program_id, kind, external_id, enrollment_id, affiliate_id, link_id, src,"
                        + " amount_minor, currency, status, occurred_at)"
                        + " VALUES ($1, $2, $3, $1::uuid::text, $2, $2, $2, $4, $5, 'EUR', $6, $7)",
                id,
                who.id(),
                kind,
                src,
                amount,
                status,
                OffsetDateTime.parse(at));
        return id;
    }

    private UUID commission(Promoter who, UUID conversion, long amount, String currency, String status, String at) {
        UUID id = ids.next();
        query(
                "INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule,"
                        + " conversion_id, amount_minor, currency, status, earned_at)"
                        + " VALUES ($1, $2, $2, $2, 'conversion', $1, 'base_rate', $3, $4, $5, $6, $7)",
                id,
                who.id(),
                conversion,
                amount,
                currency,
                status,
                OffsetDateTime.parse(at));
        return id;
    }

    private void referral(Promoter who, String at, String status) {
        query(
                "INSERT INTO referral (id, program_id, enrollment_id, affiliate_id, customer_external_id, status, signed_up_at)"
                        + " VALUES ($1, $2, $2, $2, $1::uuid::text, $3, $4)",
                ids.next(),
                who.id(),
                status,
                OffsetDateTime.parse(at));
    }

    private UUID link(Promoter who, String name) {
        UUID id = ids.next();
        String code = name + id.toString().substring(24).toUpperCase();
        query("INSERT INTO referral_code (code_key, created_at) VALUES ($1, now())", code);
        query(
                "INSERT INTO link (id, enrollment_id, program_id, affiliate_id, code, code_key, status, created_at, updated_at)"
                        + " VALUES ($1, $2, $2, $2, $3, $3, 'active', now(), now())",
                id,
                who.id(),
                code);
        return id;
    }

    private UUID campaign(Promoter who, String name) {
        UUID id = ids.next();
        query(
                "INSERT INTO campaign (id, enrollment_id, program_id, affiliate_id, name, created_at, updated_at)"
                        + " VALUES ($1, $2, $2, $2, $3, now(), now())",
                id,
                who.id(),
                name);
        return id;
    }

    private void query(String sql, Object... arguments) {
        pool.preparedQuery(sql).execute(Tuple.from(arguments)).await().atMost(ANSWER);
    }
}
