package dev.tributary.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Runners;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contests from their announcement to the prize in the books. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ContestDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String PATH = "/api/admin/contests";
    private static final String PRIZES =
            """
            [{"amount": {"amount": 50000, "currency": "EUR"}, "description": "Gold"},
             {"amount": {"amount": 10000, "currency": "EUR"}}, {"description": "A cap"}]
            """;

    @Inject
    Pool pool;

    @Inject
    CommandLineApplication application;

    @Inject
    Settlement settlement;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    private Runners runners;
    private UUID jane;
    private UUID bo;
    private Instant start;
    private Instant end;

    @AfterEach
    void no_prize_is_left_that_nobody_won() {
        runners.query("DELETE FROM commission WHERE source_kind = 'contest' AND rule = 'test'");
    }

    @BeforeEach
    void aProgram() {
        runners = new Runners(pool, "Europe/Berlin");
        jane = runners.join("Jane Smith");
        bo = runners.join("Bo Li");
        start = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(3));
        end = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(2));
    }

    private String contest(String metric, String more) {
        return Runners.staff()
                .body(
                        """
                        {"programId": "%s", "name": "Cup", "metric": "%s", "startsAt": "%s", "endsAt": "%s", %s
                         "prizes": %s}
                        """
                                .formatted(runners.programId(), metric, start, end, more, PRIZES))
                .post(PATH)
                .then()
                .statusCode(201)
                .body("status", equalTo(start.isAfter(clock.instant()) ? "upcoming" : "active"))
                .extract()
                .path("id");
    }

    private static UUID uuid(String contest) {
        return TypeId.CONTEST.parse(contest).orElseThrow();
    }

    private Typed run(String... more) {
        String[] command = IntStream.range(0, 2 + more.length)
                .mapToObj(i -> i == 0 ? "job" : i == 1 ? "contests" : more[i - 2])
                .toArray(String[]::new);
        Typed run = Typed.run(application, command);
        assertThat(run.exitCode()).as(run.error()).isZero();
        return run;
    }

    /** Standings as they would be at some time; decides it where that is late enough. */
    private Settlement.Outcome advance(String contest, Instant at) {
        return transactions
                .run(tx -> settlement.advance(tx, uuid(contest), at))
                .await()
                .atMost(ANSWER);
    }

    private List<String> standings(String contest) {
        return runners
                .query(
                        """
                        SELECT s.rank, a.name, s.value FROM contest_standing s JOIN affiliate a ON a.id = s.affiliate_id
                         WHERE s.contest_id = $1 ORDER BY s.rank, s.reached_at, s.affiliate_id
                        """,
                        uuid(contest))
                .stream()
                .map(row -> "%d %s %d".formatted(row.getInteger(0), row.getString(1), row.getLong(2)))
                .toList();
    }

    private List<String> commissions(UUID affiliate) {
        return runners
                .query(
                        "SELECT source_kind, status, amount_minor FROM commission WHERE affiliate_id = $1 ORDER BY id",
                        affiliate)
                .stream()
                .map(row -> "%s %s %d".formatted(row.getString(0), row.getString(1), row.getLong(2)))
                .toList();
    }

    @Test
    void what_counts_lies_between_two_moments_to_the_microsecond() {
        String referrals = contest("referrals", "");
        runners.referrals(jane, 1, start);
        runners.referrals(jane, 2, end.minusNanos(1_000));
        runners.referrals(jane, 8, start.minusNanos(1_000));
        runners.referrals(jane, 16, end);
        runners.referrals(bo, 3, start.plusSeconds(5));
        advance(referrals, end.minusSeconds(1));
        assertThat(standings(referrals)).containsExactly("1 Bo Li 3", "1 Jane Smith 3");
    }

    @Test
    void each_metric_counts_what_its_name_says() {
        Instant at = start.plus(Duration.ofHours(30));
        runners.sale(jane, 1_000, 0, at);
        runners.sale(jane, 1_000, 400, at);
        runners.sale(jane, 1_000, 1_000, at);
        runners.sale(bo, 5_000, 0, at);
        runners.earned(jane, "conversion", 300, at);
        runners.earned(jane, "contest", 9_000, at);
        runners.earned(bo, "adjustment", 9_000, at);
        runners.earned(bo, "milestone", 200, at);
        runners.clicks(jane, 30, start);
        runners.clicks(jane, 30, at);
        runners.clicks(jane, 40, end.minusSeconds(1));
        runners.clicks(jane, 500, start.minusSeconds(1));
        runners.clicks(jane, 500, end);
        runners.clicks(bo, 49, at);
        runners.fold();
        String sales = contest("sales", "");
        String revenue = contest("revenue", "");
        String earnings = contest("earnings", "");
        String rate = contest("conversion_rate", "");
        for (String each : List.of(sales, revenue, earnings, rate)) advance(each, end.minusSeconds(1));

        assertThat(standings(sales)).containsExactly("1 Jane Smith 2", "2 Bo Li 1");
        assertThat(standings(revenue)).containsExactly("1 Bo Li 5000", "2 Jane Smith 1600");
        assertThat(standings(earnings)).containsExactly("1 Jane Smith 300", "2 Bo Li 200");
        assertThat(standings(rate)).containsExactly("1 Jane Smith 200");
    }

    @Test
    void when_it_is_over_and_the_grace_has_passed_it_is_decided_once_and_the_prizes_are_in_the_books() {
        String contest = contest("sales", "\"graceHours\": 5,");
        UUID lost = runners.sale(jane, 1_000, 0, start.plusSeconds(60));
        runners.sale(jane, 1_000, 0, start.plusSeconds(70));
        runners.sale(bo, 1_000, 0, start.plusSeconds(80));

        assertThat(advance(contest, end.plus(Duration.ofHours(5)).minusSeconds(1)))
                .isEqualTo(Settlement.Outcome.REFRESHED);
        runners.query("UPDATE conversion SET refunded_minor = 1000 WHERE id = $1", lost);
        runners.sale(bo, 1_000, 0, start.plusSeconds(90));
        IntStream.range(0, 6).parallel().forEach(i -> advance(contest, end.plus(Duration.ofHours(5))));

        assertThat(commissions(bo)).containsExactly("contest pending 50000");
        assertThat(commissions(jane)).containsExactly("contest pending 10000");
        assertThat(runners.query("SELECT pending FROM ledger_balance WHERE enrollment_id = $1", bo)
                        .get(0)
                        .getLong(0))
                .isEqualTo(50_000);
        assertThat(runners.query(
                        "SELECT payload FROM outbox_event WHERE aggregate_id = $1 AND type = 'contest.settled'",
                        uuid(contest)))
                .singleElement()
                .satisfies(row -> assertThat(row.getJsonObject(0).getInteger("winnersInAll"))
                        .isEqualTo(2));
        assertThat(runners.query(
                        "SELECT 1 FROM audit_entry WHERE object_id = $1 AND action = 'contest.settle'", uuid(contest)))
                .hasSize(1);
        Runners.staff()
                .get(PATH + "/" + contest + "/winners")
                .then()
                .statusCode(200)
                .body(
                        "settledAt",
                        notNullValue(),
                        "data.rank",
                        contains(1, 2),
                        "data[0].affiliateId",
                        equalTo(Runners.idOf(bo)),
                        "data[0].amount.amount",
                        equalTo(50_000),
                        "data[0].prize",
                        equalTo("Gold"));

        runners.query("UPDATE conversion SET refunded_minor = 1000 WHERE affiliate_id = $1", bo);
        assertThat(advance(contest, end.plus(Duration.ofDays(9)))).isEqualTo(Settlement.Outcome.NOTHING);
        assertThat(commissions(bo)).containsExactly("contest pending 50000");
        assertThat(Typed.run(application, "job", "check-books", "--check", "contest-prizes-booked")
                        .exitCode())
                .isZero();
        assertThat(Typed.run(application, "job", "check-books", "--check", "commissions-in-the-books")
                        .exitCode())
                .isZero();
    }

    @Test
    void whatever_dies_in_between_leaves_nothing_or_all_of_it() {
        String contest = contest("sales", "\"graceHours\": 0,");
        runners.sale(jane, 1_000, 0, start.plusSeconds(60));
        assertThat(transactions
                        .run(tx -> settlement.advance(tx, uuid(contest), end).invoke(done -> {
                            throw new IllegalStateException("killed before the commit");
                        }))
                        .onFailure()
                        .recoverWithNull()
                        .await()
                        .atMost(ANSWER))
                .isNull();

        assertThat(commissions(jane)).isEmpty();
        assertThat(runners.query("SELECT 1 FROM contest_winner WHERE contest_id = $1", uuid(contest)))
                .isEmpty();
        assertThat(advance(contest, end)).isEqualTo(Settlement.Outcome.SETTLED);
        assertThat(commissions(jane)).containsExactly("contest pending 50000");
    }

    @Test
    void it_waits_for_conversions_whose_commissions_are_not_booked() {
        String contest = contest("earnings", "\"graceHours\": 0,");
        UUID sale = runners.sale(jane, 1_000, 0, start.plusSeconds(60));
        runners.query("INSERT INTO conversion_due (conversion_id) VALUES ($1)", sale);
        assertThat(advance(contest, end)).isEqualTo(Settlement.Outcome.WAITS);
        runners.query("DELETE FROM conversion_due WHERE conversion_id = $1", sale);
        assertThat(advance(contest, end)).isEqualTo(Settlement.Outcome.SETTLED);
        Runners.staff()
                .get(PATH + "/" + contest + "/winners")
                .then()
                .body("settledAt", notNullValue(), "data", empty());
    }

    @Test
    void who_is_stopped_or_looked_into_wins_nothing() {
        String contest = contest("sales", "\"graceHours\": 0,");
        runners.sale(jane, 1_000, 0, start.plusSeconds(60));
        runners.sale(jane, 1_000, 0, start.plusSeconds(60));
        runners.sale(bo, 1_000, 0, start.plusSeconds(60));
        advance(contest, end.minusSeconds(1));
        assertThat(standings(contest)).containsExactly("1 Jane Smith 2", "2 Bo Li 1");
        runners.query("UPDATE affiliate SET fraud_status = 'held' WHERE id = $1", jane);
        advance(contest, end);
        assertThat(commissions(jane)).isEmpty();
        assertThat(commissions(bo)).containsExactly("contest pending 50000");
    }

    @Test
    void those_who_tie_share_and_the_parts_sum_to_the_prizes() {
        String contest = contest("sales", "\"graceHours\": 0, \"tieRule\": \"shared\",");
        runners.sale(jane, 1_000, 0, start.plusSeconds(60));
        runners.sale(bo, 1_000, 0, start.plusSeconds(50));
        advance(contest, end);
        assertThat(commissions(jane)).containsExactly("contest pending 30000");
        assertThat(commissions(bo)).containsExactly("contest pending 30000");
    }

    @Test
    void affiliates_see_banner_countdown_first_ten_and_their_own_place() {
        String contest = contest("referrals", "\"banner\": {\"title\": \"Win!\"},");
        runners.referrals(jane, 3, start.plusSeconds(9));
        runners.referrals(bo, 1, start.plusSeconds(9));
        run();
        int seconds = (int) Duration.between(clock.instant(), end).toSeconds();

        runners.asks(bo)
                .get("/api/affiliate/contests")
                .then()
                .statusCode(200)
                .body(
                        "data",
                        hasSize(1),
                        "data[0].id",
                        equalTo(contest),
                        "data[0].banner.title",
                        equalTo("Win!"),
                        "data[0].startsInSeconds",
                        equalTo(0),
                        "data[0].endsInSeconds",
                        allOf(greaterThan(seconds - 60), lessThanOrEqualTo(seconds + 1)),
                        "data[0].data.name",
                        contains("J.S.", "B.L."),
                        "data[0].own.rank",
                        equalTo(2),
                        "data[0].own.distance",
                        equalTo(2),
                        "data[0].own.won",
                        nullValue(),
                        "data[0].winners",
                        empty(),
                        "data[0].prizes[2].description",
                        equalTo("A cap"));
        runners.asks(runners.program())
                .get("/api/affiliate/contests/" + contest + "/standings?limit=1")
                .then()
                .statusCode(200)
                .body("data", hasSize(1), "own.rank", nullValue(), "ranked", equalTo(2));
        Runners stranger = new Runners(pool, "UTC");
        stranger.asks(stranger.program())
                .get("/api/affiliate/contests/" + contest + "/standings")
                .then()
                .statusCode(404);
        stranger.asks(stranger.program()).get("/api/affiliate/contests").then().body("data", empty());
        Runners.staff()
                .accept("text/csv")
                .get(PATH + "/" + contest + "/standings")
                .then()
                .statusCode(200)
                .body(startsWith("rank,affiliateId,name,value,reachedAt\r\n1," + Runners.idOf(jane)));
    }

    @Test
    void once_it_has_begun_it_is_not_changed_to_anybodys_harm() {
        String contest = contest("referrals", "");
        String path = PATH + "/" + contest;
        Runners.staff().body("{\"metric\": \"sales\"}").patch(path).then().statusCode(409);
        Runners.staff().body("{\"tieRule\": \"none\"}").patch(path).then().statusCode(409);
        Runners.staff()
                .body("{\"prizes\": [{\"amount\": {\"amount\": 50000, \"currency\": \"EUR\"}}]}")
                .patch(path)
                .then()
                .statusCode(409);
        Runners.staff()
                .body("{\"endsAt\": \"%s\"}".formatted(start.plusSeconds(5)))
                .patch(path)
                .then()
                .statusCode(409);
        Runners.staff().body("{\"programId\": \"x\"}").patch(path).then().statusCode(400);
        Runners.staff()
                .body("{\"name\": \"Grand cup\", \"endsAt\": \"%s\"}".formatted(end.plusSeconds(60)))
                .patch(path)
                .then()
                .statusCode(200)
                .body("name", equalTo("Grand cup"));
        Runners.staff().delete(path).then().statusCode(409);
        Runners.staff().post(path + "/cancel").then().statusCode(200).body("status", equalTo("canceled"));
        Runners.staff().post(path + "/cancel").then().statusCode(409);
        Runners.staff().body("{\"name\": \"x\"}").patch(path).then().statusCode(409);
        assertThat(advance(contest, end.plus(Duration.ofDays(9)))).isEqualTo(Settlement.Outcome.NOTHING);
        runners.asks(jane).get("/api/affiliate/contests").then().body("data", empty());
    }

    @Test
    void before_it_begins_everything_changes_and_it_can_be_deleted() {
        start = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(1));
        String contest = contest("referrals", "");
        Runners.staff()
                .body(
                        "{\"metric\": \"earnings\", \"tieRule\": \"first_reached\", \"prizes\": [{\"description\": \"Fame\"}]}")
                .patch(PATH + "/" + contest)
                .then()
                .statusCode(200)
                .body("metric", equalTo("earnings"), "prizes[0].amount", nullValue());
        runners.asks(jane)
                .get("/api/affiliate/contests?programId=" + runners.programId())
                .then()
                .body("data[0].status", equalTo("upcoming"), "data[0].startsInSeconds", greaterThan(0));
        Runners.staff().delete(PATH + "/" + contest).then().statusCode(204);
        Runners.staff().get(PATH + "/" + contest).then().statusCode(404);
    }

    @Test
    void what_cannot_be_is_told_by_name() {
        String good =
                """
                {"programId": "%s", "name": "Cup", "metric": "conversion_rate", "startsAt": "%s", "endsAt": "%s",
                 "prizes": [{"description": "Fame"}]}
                """
                        .formatted(runners.programId(), start, end);
        refused(good.replace("\"Cup\"", "\"\""), 400, "name");
        refused(good.replace(start.toString(), start.plusSeconds(60).toString()), 422, "startsAt");
        refused(good.replace(end.toString(), start.toString()), 422, "endsAt");
        refused(
                good.replace(end.toString(), "2026-01-01T00:00:00Z").replace(start.toString(), "2025-12-01T00:00:00Z"),
                422,
                "endsAt");
        refused(good.replace("[{\"description\": \"Fame\"}]", "[]"), 400, "prizes");
        refused(good.replace("[{\"description\": \"Fame\"}]", "[{}]"), 422, "prizes[0]");
        refused(
                good.replace("{\"description\": \"Fame\"}", "{\"amount\": {\"amount\": 5, \"currency\": \"USD\"}}"),
                422,
                "prizes[0].amount.currency");
        refused(
                good.replace("\"name\"", "\"banner\": {\"imageUrl\": \"javascript:x\"}, \"name\""),
                400,
                "banner.imageUrl");
        refused(good.replace("\"name\"", "\"graceHours\": 721, \"name\""), 422, "graceHours");
        Runners.staff().get(PATH + "?status=over").then().statusCode(400);
        Runners.staff()
                .get(PATH + "/cts_01h455vb4pex5vsknk084sn02q/standings")
                .then()
                .statusCode(404);
    }

    private static void refused(String body, int status, String field) {
        Runners.staff().body(body).post(PATH).then().statusCode(status).body("errors[0].field", equalTo(field));
    }

    @Test
    void a_list_knows_what_a_contest_is_now() {
        String contest = contest("referrals", "");
        String path = PATH + "?programId=" + runners.programId() + "&status=";
        Runners.staff().get(path + "active").then().statusCode(200).body("data.id", contains(contest));
        runners.query(
                "UPDATE contest SET starts_at = $2, ends_at = $3 WHERE id = $1",
                uuid(contest),
                start.minus(Duration.ofDays(9)).atOffset(ZoneOffset.UTC),
                start.atOffset(ZoneOffset.UTC));
        Runners.staff().get(path + "active").then().body("data", empty());
        Runners.staff().get(path + "ended").then().body("data.id", contains(contest));
        assertThat(run("--dry-run").lines()).contains("would decide " + contest);
        run();
        Runners.staff().get(path + "settled").then().body("data.id", contains(contest));
    }
}
