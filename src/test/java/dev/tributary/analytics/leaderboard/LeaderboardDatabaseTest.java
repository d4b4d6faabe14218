package dev.tributary.analytics.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Runners;
import dev.tributary.embedded.Stores;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.postgres.Transactions;
import dev.tributary.redis.Lines;
import dev.tributary.redis.RedisLine;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who ranks where, from the job to the answer, by every way of reading it. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class LeaderboardDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    @Inject
    Pool pool;

    @Inject
    CommandLineApplication application;

    @Inject
    BoardRepository repository;

    @Inject
    SettingRepository settings;

    @Inject
    Transactions transactions;

    @Inject
    RedisLine redis;

    @Inject
    Vertx vertx;

    @Inject
    Clock clock;

    private Runners runners;
    private Instant now;

    @BeforeEach
    void aProgramWithALeaderboard() {
        runners = new Runners(pool, "UTC");
        now = clock.instant();
        setting("initials", 50);
    }

    private void setting(String names, int minimum) {
        Runners.staff()
                .body("{\"enabled\": true, \"names\": \"%s\", \"minimumClicks\": %d}".formatted(names, minimum))
                .put("/api/admin/programs/" + runners.programId() + "/leaderboard")
                .then()
                .statusCode(200)
                .body("enabled", equalTo(true), "names", equalTo(names), "minimumClicks", equalTo(minimum));
    }

    private Typed compute(String... more) {
        List<String> command = new ArrayList<>(List.of("job", "leaderboard", "--program", runners.programId()));
        command.addAll(List.of(more));
        Typed run = Typed.run(application, command.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.error()).isZero();
        return run;
    }

    /** Read past the memory of a second, by a reader that has just been started. */
    private Boards reader(RedisLine line) {
        return new Boards(repository, settings, new SharedBoards(line), transactions, clock);
    }

    private RedisLine nowhere() {
        return Lines.to(vertx, "redis://127.0.0.1:1", Duration.ofMillis(500));
    }

    private BoardKey key(Span span, Metric metric) {
        return new BoardKey(runners.program(), span, metric);
    }

    private Board board(Boards boards, Span span, Metric metric) {
        return boards.board(key(span, metric)).await().atMost(ANSWER).orElseThrow();
    }

    private OwnPlace own(Boards boards, UUID affiliate, Span span, Metric metric) {
        SettingRepository.Member member =
                boards.member(affiliate, runners.program()).await().atMost(ANSWER);
        BoardKey key = key(span, metric);
        Optional<Board> board = boards.board(key).await().atMost(ANSWER);
        return boards.own(member, key, board).await().atMost(ANSWER);
    }

    private static List<String> lines(Board board) {
        return board.top().stream()
                .map(each -> "%d %s %d".formatted(each.rank(), each.name(), each.value()))
                .toList();
    }

    @Test
    void those_with_the_same_value_share_a_rank_and_everybody_sees_how_far_the_next_is() {
        UUID jane = runners.join("Jane Smith");
        UUID bo = runners.join("Bo Li");
        UUID cy = runners.join("Cy");
        UUID nobody = runners.join("Dee");
        runners.referrals(jane, 5, now);
        runners.referrals(bo, 3, now);
        runners.referrals(cy, 3, now);
        runners.referrals(runners.program(), 1, now);
        runners.referrals(nobody, 9, now.minus(Duration.ofDays(70)));
        compute();

        runners.asks(runners.program())
                .get("/api/affiliate/leaderboard")
                .then()
                .statusCode(200)
                .body(
                        "period",
                        equalTo("month"),
                        "metric",
                        equalTo("referrals"),
                        "ranked",
                        equalTo(4),
                        "data.rank",
                        contains(1, 2, 2, 4),
                        "data.value",
                        contains(5, 3, 3, 1),
                        "data[0].name",
                        equalTo("J.S."),
                        "own.rank",
                        equalTo(4),
                        "own.next.rank",
                        equalTo(2),
                        "own.next.distance",
                        equalTo(2),
                        "currency",
                        nullValue(),
                        "asOf",
                        notNullValue());
        runners.asks(jane)
                .get("/api/affiliate/leaderboard?limit=1")
                .then()
                .body("data", hasSize(1), "own.rank", equalTo(1), "own.next", nullValue());
        runners.asks(nobody)
                .get("/api/affiliate/leaderboard?limit=2")
                .then()
                .body(
                        "data",
                        hasSize(2),
                        "own.rank",
                        nullValue(),
                        "own.reason",
                        equalTo("nothing_yet"),
                        "own.next.rank",
                        equalTo(4));
        runners.asks(nobody)
                .get("/api/affiliate/leaderboard?period=all")
                .then()
                .body("own.rank", equalTo(1), "data[0].name", equalTo("D."), "from", nullValue());
    }

    @Test
    void last_month_is_the_month_before_in_the_programs_days() {
        LocalDate month = now.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
        Instant begin = month.atStartOfDay(ZoneOffset.UTC).toInstant();
        UUID jane = runners.join("Jane Smith");
        runners.referrals(jane, 2, begin.minusSeconds(1));
        runners.referrals(jane, 1, begin);
        runners.referrals(
                jane,
                4,
                month.minusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1));
        compute();

        Boards boards = reader(redis);
        assertThat(lines(board(boards, Span.LAST_MONTH, Metric.REFERRALS))).containsExactly("1 J.S. 2");
        assertThat(lines(board(boards, Span.MONTH, Metric.REFERRALS))).containsExactly("1 J.S. 1");
        assertThat(lines(board(boards, Span.ALL, Metric.REFERRALS))).containsExactly("1 J.S. 7");
    }

    @Test
    void earnings_are_what_stands_of_commissions_in_the_programs_currency() {
        UUID jane = runners.join("Jane Smith");
        UUID bo = runners.join("Bo Li");
        runners.earned(jane, "conversion", 700, now);
        runners.earned(jane, "milestone", 500, now);
        runners.earned(bo, "conversion", 1_250, now.minus(Duration.ofDays(62)));
        runners.fold();
        compute();

        Boards boards = reader(redis);
        assertThat(lines(board(boards, Span.MONTH, Metric.EARNINGS))).containsExactly("1 J.S. 1200");
        assertThat(lines(board(boards, Span.ALL, Metric.EARNINGS))).containsExactly("1 B.L. 1250", "2 J.S. 1200");
        runners.asks(jane)
                .get("/api/affiliate/leaderboard?period=all&metric=earnings")
                .then()
                .body("currency", equalTo("EUR"), "own.next.distance", equalTo(50));
    }

    @Test
    void a_conversion_rate_needs_its_clicks() {
        setting("initials", 20);
        UUID jane = runners.join("Jane Smith");
        UUID bo = runners.join("Bo Li");
        UUID cy = runners.join("Cy");
        runners.clicks(jane, 40, now);
        runners.sale(jane, 1_000, 0, now);
        runners.sale(jane, 1_000, 0, now);
        runners.clicks(bo, 19, now);
        runners.sale(bo, 1_000, 0, now);
        runners.clicks(cy, 30, now);
        runners.fold();
        compute();

        assertThat(lines(board(reader(redis), Span.MONTH, Metric.CONVERSION_RATE)))
                .containsExactly("1 J.S. 500");
        runners.asks(bo)
                .get("/api/affiliate/leaderboard?metric=conversion_rate")
                .then()
                .body(
                        "minimumClicks",
                        equalTo(20),
                        "own.reason",
                        equalTo("sample_too_small"),
                        "own.clicksNeeded",
                        equalTo(1));
        runners.asks(cy)
                .get("/api/affiliate/leaderboard?metric=conversion_rate")
                .then()
                .body("own.reason", equalTo("nothing_yet"), "own.clicksNeeded", nullValue());
    }

    @Test
    void the_suspended_the_flagged_and_the_inactive_have_no_place_and_take_none() {
        UUID jane = runners.join("Jane Smith");
        UUID bo = runners.join("Bo Li");
        UUID cy = runners.join("Cy");
        UUID dee = runners.join("Dee");
        for (UUID each : List.of(jane, bo, cy, dee)) runners.referrals(each, 5, now);
        runners.referrals(runners.program(), 1, now);
        runners.query("UPDATE affiliate SET status = 'suspended' WHERE id = $1", jane);
        runners.query("UPDATE affiliate SET fraud_status = 'watch' WHERE id = $1", bo);
        runners.query("UPDATE affiliate SET fraud_status = 'held' WHERE id = $1", cy);
        runners.query("UPDATE enrollment SET status = 'paused' WHERE id = $1", dee);
        compute();

        assertThat(lines(board(reader(redis), Span.MONTH, Metric.REFERRALS))).containsExactly("1 A. 1");
        runners.asks(bo)
                .get("/api/affiliate/leaderboard")
                .then()
                .statusCode(200)
                .body("own.rank", nullValue(), "own.reason", equalTo("not_taking_part"));
        runners.query("UPDATE affiliate SET fraud_status = 'clear' WHERE id = $1", bo);
        compute();
        assertThat(lines(board(reader(redis), Span.MONTH, Metric.REFERRALS))).containsExactly("1 B.L. 5", "2 A. 1");
    }

    @Test
    void redis_and_postgresql_tell_the_same_and_either_may_be_away() {
        List<UUID> field = IntStream.range(0, 5)
                .mapToObj(i -> {
                    UUID id = runners.join("Runner " + i);
                    runners.referrals(id, 5 - i / 2, now);
                    return id;
                })
                .toList();
        compute();
        Boards shared = reader(redis);
        Boards stored = reader(nowhere());

        assertThat(board(shared, Span.MONTH, Metric.REFERRALS)).isEqualTo(board(stored, Span.MONTH, Metric.REFERRALS));
        for (UUID each : field)
            assertThat(own(shared, each, Span.MONTH, Metric.REFERRALS))
                    .isEqualTo(own(stored, each, Span.MONTH, Metric.REFERRALS));
        SharedBoards inRedis = new SharedBoards(redis);
        Board kept = inRedis.find(key(Span.MONTH, Metric.REFERRALS))
                .await()
                .atMost(ANSWER)
                .orElseThrow();
        assertThat(inRedis.place(kept, field.get(4)).await().atMost(ANSWER)).contains(Place.of(5, 3, 3, 4L));

        runners.query("DELETE FROM leaderboard WHERE program_id = $1", runners.program());
        runners.query("DELETE FROM leaderboard_place WHERE program_id = $1", runners.program());
        Boards alone = reader(redis);
        assertThat(lines(board(alone, Span.MONTH, Metric.REFERRALS))).hasSize(5);
        assertThat(own(alone, field.get(4), Span.MONTH, Metric.REFERRALS).place())
                .isEqualTo(Place.of(5, 3, 3, 4L));
    }

    @Test
    void an_unchanged_ranking_writes_nothing_and_comes_back_to_an_emptied_redis() {
        UUID jane = runners.join("Jane Smith");
        runners.referrals(jane, 2, now);
        compute();
        Board before = board(reader(redis), Span.MONTH, Metric.REFERRALS);
        List<String> versions = versions();

        redis.send(Request.cmd(Command.FLUSHALL)).await().atMost(ANSWER);
        assertThat(compute().lines()).last().asString().endsWith("0 places changed");

        assertThat(versions()).isEqualTo(versions);
        SharedBoards shared = new SharedBoards(redis);
        Board after = shared.find(before.key()).await().atMost(ANSWER).orElseThrow();
        assertThat(after.generation()).isEqualTo(before.generation());
        assertThat(shared.place(after, jane).await().atMost(ANSWER)).contains(Place.of(1, 2, null, null));

        runners.referrals(jane, 1, now);
        compute();
        Board later = board(reader(redis), Span.MONTH, Metric.REFERRALS);
        assertThat(later.generation()).isGreaterThan(before.generation());
        assertThat(lines(later)).containsExactly("1 J.S. 3");
    }

    private List<String> versions() {
        return runners
                .query(
                        "SELECT xmin::text FROM leaderboard_place WHERE program_id = $1 ORDER BY ctid",
                        runners.program())
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void names_are_shown_where_the_program_allows_it_and_their_bearers_wish_it() {
        UUID jane = runners.join("Jane Smith");
        runners.referrals(jane, 2, now);
        runners.query("UPDATE affiliate SET display_name = 'Jane of the Woods' WHERE id = $1", jane);
        choose(jane, true).body("appearsAs", equalTo("J.S."), "shown", equalTo(true));
        compute();
        assertThat(lines(board(reader(redis), Span.MONTH, Metric.REFERRALS))).containsExactly("1 J.S. 2");

        setting("opt_in", 50);
        compute();
        assertThat(lines(board(reader(redis), Span.MONTH, Metric.REFERRALS))).containsExactly("1 Jane of the Woods 2");

        choose(jane, false).body("appearsAs", equalTo("J.S."), "shown", equalTo(false));
        assertThat(lines(board(reader(redis), Span.MONTH, Metric.REFERRALS)))
                .as("without the job")
                .containsExactly("1 J.S. 2");
        runners.asks(jane)
                .get("/api/affiliate/leaderboard/name")
                .then()
                .statusCode(200)
                .body("appearsAs", equalTo("J.S."));
    }

    private io.restassured.response.ValidatableResponse choose(UUID affiliate, boolean shown) {
        return runners.asks(affiliate)
                .body("{\"shown\": %s}".formatted(shown))
                .put("/api/affiliate/leaderboard/name")
                .then()
                .statusCode(200);
    }

    @Test
    void without_a_choice_of_ones_own_the_profile_says_whether_to_be_named() {
        UUID jane = runners.join("Jane Smith");
        runners.referrals(jane, 2, now);
        runners.asks(jane)
                .body("{\"displayName\": \"Woods\", \"leaderboardOptIn\": true}")
                .patch("/api/affiliate/profile")
                .then()
                .statusCode(200);
        setting("opt_in", 50);
        compute();
        assertThat(lines(board(reader(redis), Span.MONTH, Metric.REFERRALS))).containsExactly("1 Woods 2");
    }

    @Test
    void a_program_that_switches_it_off_shows_nothing_and_the_job_removes_it() {
        UUID jane = runners.join("Jane Smith");
        runners.referrals(jane, 2, now);
        compute();
        Runners.staff()
                .body("{\"enabled\": false}")
                .put("/api/admin/programs/" + runners.programId() + "/leaderboard")
                .then()
                .statusCode(200);
        runners.asks(jane)
                .get("/api/affiliate/leaderboard")
                .then()
                .statusCode(404)
                .body("code", equalTo("leaderboard_disabled"));
        Runners.staff()
                .get("/api/admin/programs/" + runners.programId() + "/leaderboard/standings")
                .then()
                .statusCode(404)
                .body("code", equalTo("leaderboard_disabled"));
        Runners.staff().get("/api/admin/programs/" + runners.programId()).then().body("leaderboard", equalTo(false));
        compute();
        assertThat(runners.query("SELECT 1 FROM leaderboard_place WHERE program_id = $1", runners.program()))
                .isEmpty();
        assertThat(runners.query("SELECT 1 FROM leaderboard WHERE program_id = $1", runners.program()))
                .isEmpty();
    }

    @Test
    void staff_see_who_is_who_and_before_the_job_came_by_there_is_nothing() {
        UUID jane = runners.join("=Jane");
        runners.asks(jane)
                .get("/api/affiliate/leaderboard?metric=earnings")
                .then()
                .statusCode(200)
                .body(
                        "asOf",
                        nullValue(),
                        "data",
                        empty(),
                        "currency",
                        equalTo("EUR"),
                        "own.reason",
                        equalTo("nothing_yet"));
        runners.referrals(jane, 2, now);
        compute();
        String path = "/api/admin/programs/" + runners.programId() + "/leaderboard/standings";
        Runners.staff()
                .get(path)
                .then()
                .statusCode(200)
                .body("ranked", equalTo(1), "data[0].affiliateId", equalTo(Runners.idOf(jane)));
        Runners.staff()
                .accept("text/csv")
                .get(path)
                .then()
                .statusCode(200)
                .body(startsWith("rank,affiliateId,name,displayName,value\r\n1," + Runners.idOf(jane) + ",'=Jane,,2"));
    }

    @Test
    void an_erased_person_ranks_nowhere_at_once() {
        UUID jane = runners.join("Jane Smith");
        runners.referrals(jane, 2, now);
        compute();
        transactions
                .run(tx -> new PersonLeaderboards(repository, rankings(), clock).erase(tx, jane))
                .await()
                .atMost(ANSWER);
        assertThat(lines(board(reader(nowhere()), Span.MONTH, Metric.REFERRALS)))
                .containsExactly("1 – 2");
        assertThat(runners.query("SELECT 1 FROM leaderboard_place WHERE affiliate_id = $1", jane))
                .isEmpty();
    }

    private Rankings rankings() {
        return new Rankings(new RankingRepository(), repository, new SharedBoards(redis), transactions);
    }

    @Test
    void a_dry_run_tells_and_writes_nothing() {
        UUID jane = runners.join("Jane Smith");
        runners.referrals(jane, 2, now);
        assertThat(compute("--dry-run").lines())
                .anyMatch(line -> line.equals(
                        "would rank 1 affiliates of %s by referrals (month)".formatted(runners.programId())));
        assertThat(runners.query("SELECT 1 FROM leaderboard WHERE program_id = $1", runners.program()))
                .isEmpty();
    }

    @Test
    void what_cannot_be_asked_is_told_by_name() {
        UUID jane = runners.join("Jane Smith");
        for (String bad :
                List.of("period=year", "metric=luck", "limit=0", "limit=101", "limit=x", "who=me", "programId=1"))
            runners.asks(jane)
                    .get("/api/affiliate/leaderboard?" + bad)
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo(bad.split("=")[0]));
        runners.asks(jane)
                .get("/api/affiliate/leaderboard?programId=prg_01h455vb4pex5vsknk084sn02q")
                .then()
                .statusCode(404)
                .body("code", equalTo("not_found"));
        Runners.staff()
                .body("{\"enabled\": true, \"minimumClicks\": 0}")
                .put("/api/admin/programs/" + runners.programId() + "/leaderboard")
                .then()
                .statusCode(422);
        Runners.staff()
                .body("{\"names\": \"opt_in\"}")
                .put("/api/admin/programs/" + runners.programId() + "/leaderboard")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("enabled"));
        runners.asks(jane)
                .body("{}")
                .put("/api/affiliate/leaderboard/name")
                .then()
                .statusCode(400);
    }
}
