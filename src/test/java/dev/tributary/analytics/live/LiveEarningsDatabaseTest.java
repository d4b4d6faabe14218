package dev.tributary.analytics.live;

import static dev.tributary.analytics.live.Commissions.done;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.tributary.MovedClock;
import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Earnings as they grow: commissions are committed by somebody else, and every open stream hears of them. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class LiveEarningsDatabaseTest {
    private static final String PATH = "/api/affiliate/earnings/live";

    @Inject
    Pool pool;

    @Inject
    Ids ids;

    @Inject
    MovedClock clock;

    @Inject
    LiveStreams streams;

    private Commissions commissions;
    private Promoter ada;
    private String token;

    @BeforeEach
    void one_of_them() {
        commissions = new Commissions(pool, ids, clock);
        ada = Promoter.in(pool, "UTC");
        token = Tokens.as(ada.id().toString(), "affiliate");
    }

    @Test
    void the_figures_are_those_of_the_period_by_state_and_currency() {
        Instant now = clock.instant();
        commissions.earned(ada.id(), 1_000);
        UUID approved = commissions.earned(ada.id(), 250);
        commissions.changed(ada.id(), approved, "approved");
        UUID gone = commissions.earned(ada.id(), 9_999);
        commissions.changed(ada.id(), gone, "reversed");
        commissions.earned(ada.id(), ada.id(), 70, "USD", now);
        commissions.earned(ada.id(), ada.id(), 5, "EUR", now.minus(Duration.ofDays(40)));

        for (String period : List.of("today", "week", "month"))
            ada.asks()
                    .get(PATH + "?period=" + period)
                    .then()
                    .statusCode(200)
                    .body("programId", equalTo(ada.programId()), "period", equalTo(period), "timeZone", equalTo("UTC"))
                    .body("earned.currency", equalTo(List.of("EUR", "USD")))
                    .body("earned.earned", equalTo(List.of(1_250, 70)), "earned.commissions", equalTo(List.of(2, 1)))
                    .body("earned.pending", equalTo(List.of(1_000, 70)), "earned.approved", equalTo(List.of(250, 0)));
        Promoter.in(pool, "UTC")
                .asks()
                .get(PATH)
                .then()
                .body("period", equalTo("today"), "earned.currency", equalTo(List.of("EUR")))
                .body("earned.earned", equalTo(List.of(0)));
    }

    @Test
    void a_stream_begins_with_a_snapshot_and_tells_each_commission_with_the_figures_after_it() {
        commissions.earned(ada.id(), 100);
        try (Listening listening = Listening.to("", token)) {
            assertThat(listening.answer().statusCode()).isEqualTo(200);
            assertThat(listening.answer().headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(listening.answer().headers().firstValue("Cache-Control")).hasValue("no-store");
            Listening.Event first = listening.next();
            assertThat(first.name()).isEqualTo("snapshot");
            assertThat(earned(first.data())).isEqualTo(100);
            assertThat(first.id()).isEqualTo(first.data().getString("id"));

            UUID made = commissions.earned(ada.id(), 1_000);

            Listening.Event event = listening.next();
            assertThat(event.name()).isEqualTo("commission");
            assertThat(event.data().getString("change")).isEqualTo("earned");
            assertThat(event.data().getString("id")).isEqualTo(TypeId.COMMISSION.format(made));
            assertThat(event.data().getString("programId")).isEqualTo(ada.programId());
            assertThat(event.data().getString("status")).isEqualTo("pending");
            assertThat(event.data().getJsonObject("amount"))
                    .isEqualTo(new JsonObject().put("amount", 1_000).put("currency", "EUR"));
            assertThat(event.data().getBoolean("inPeriod")).isTrue();
            assertThat(earned(event.data().getJsonObject("totals"))).isEqualTo(1_100);
            assertThat(event.id()).isNotEqualTo(first.id());

            commissions.changed(ada.id(), made, "rejected");

            Listening.Event changed = listening.next();
            assertThat(changed.data().getString("change")).isEqualTo("changed");
            assertThat(changed.data().getString("status")).isEqualTo("rejected");
            assertThat(earned(changed.data().getJsonObject("totals"))).isEqualTo(100);
        }
    }

    @Test
    void what_was_earned_before_the_period_is_told_and_does_not_count() {
        try (Listening listening = Listening.to("?period=month", token)) {
            listening.next();
            commissions.earned(ada.id(), ada.id(), 500, "EUR", clock.instant().minus(Duration.ofDays(40)));

            JsonObject data = listening.next().data();
            assertThat(data.getBoolean("inPeriod")).isFalse();
            assertThat(earned(data.getJsonObject("totals"))).isZero();
        }
    }

    @Test
    void a_payout_is_told_as_new_figures() {
        UUID made = commissions.earned(ada.id(), 300);
        try (Listening listening = Listening.to("", token)) {
            listening.next();
            commissions.paid(ada.id(), made);

            Listening.Event event = listening.next();
            assertThat(event.name()).isEqualTo("snapshot");
            assertThat(event.data().getJsonArray("earned").getJsonObject(0).getLong("paid"))
                    .isEqualTo(300);
        }
    }

    @Test
    void nobody_hears_of_another_affiliate_or_of_another_program() {
        Promoter ben = Promoter.in(pool, "UTC");
        UUID second = ada.another();
        try (Listening mine = Listening.to("?programId=" + ada.programId(), token);
                Listening other = Listening.to("?programId=" + TypeId.PROGRAM.format(second), token)) {
            mine.next();
            other.next();
            commissions.earned(ben.id(), 1);
            commissions.earned(second, ada.id(), 2, "EUR", clock.instant());
            commissions.earned(ada.id(), 3);

            assertThat(amount(mine.next())).isEqualTo(3);
            assertThat(amount(other.next())).isEqualTo(2);
        }
    }

    @Test
    void who_comes_back_hears_what_was_missed_and_that_once() {
        String seen;
        try (Listening listening = Listening.to("", token)) {
            listening.next();
            commissions.earned(ada.id(), 1);
            seen = listening.next().id();
        }
        commissions.earned(ada.id(), 2);
        UUID third = commissions.earned(ada.id(), 3);
        commissions.changed(ada.id(), third, "approved");

        try (Listening back = Listening.to(Listening.request("", token).header("Last-Event-ID", seen))) {
            assertThat(List.of(amount(back.next()), amount(back.next()))).containsExactly(2L, 3L);
            Listening.Event snapshot = back.next();
            assertThat(snapshot.name()).isEqualTo("snapshot");
            assertThat(earned(snapshot.data())).isEqualTo(6);
            commissions.earned(ada.id(), 4);
            assertThat(amount(back.next())).isEqualTo(4);
        }
        try (Listening asked = Listening.to("?lastEventId=" + seen, token)) {
            assertThat(amount(asked.next())).isEqualTo(2);
        }
    }

    /** The one thing that neither ids nor times can tell: a transaction that began earlier and committed later. */
    @Test
    void a_commission_that_committed_late_is_told_late_and_never_missed() {
        SqlConnection slow = done(pool.getConnection());
        try (Listening listening = Listening.to("", token)) {
            listening.next();
            Transaction open = done(slow.begin());
            done(commissions.earn(slow, ada.id(), ada.id(), 11, "EUR", clock.instant()));
            commissions.earned(ada.id(), 22);

            Listening.Event first = listening.next();
            assertThat(amount(first)).isEqualTo(22);
            assertThat(earned(first.data().getJsonObject("totals"))).isEqualTo(22);
            listening.close();
            done(open.commit());

            try (Listening back = Listening.to(Listening.request("", token).header("Last-Event-ID", first.id()))) {
                assertThat(amount(back.next())).isEqualTo(11);
                assertThat(earned(back.next().data())).isEqualTo(33);
            }
        } finally {
            done(slow.close());
        }
    }

    @Test
    void who_missed_too_much_or_names_nothing_of_ours_is_shown_a_snapshot() {
        String seen = ada.asks().get(PATH).then().extract().path("id");
        done(pool.withTransaction(tx -> {
            Uni<UUID> all = Uni.createFrom().nullItem();
            for (int i = 0; i <= News.MOST; i++)
                all = all.chain(() -> commissions.earn(tx, ada.id(), ada.id(), 1, "EUR", clock.instant()));
            return all;
        }));

        for (String id : List.of(seen, "nonsense", "0:0:", "999999999999999999:999999999999999999:")) {
            try (Listening back = Listening.to(Listening.request("", token).header("Last-Event-ID", id))) {
                Listening.Event first = back.next();
                assertThat(first.name()).as(id).isEqualTo("snapshot");
                assertThat(earned(first.data())).isEqualTo(News.MOST + 1);
            }
        }
    }

    @Test
    void very_many_commissions_at_once_are_shown_as_one_snapshot() {
        try (Listening listening = Listening.to("", token)) {
            listening.next();
            done(pool.withTransaction(tx -> {
                Uni<UUID> all = Uni.createFrom().nullItem();
                for (int i = 0; i <= News.MOST; i++)
                    all = all.chain(() -> commissions.earn(tx, ada.id(), ada.id(), 1, "EUR", clock.instant()));
                return all;
            }));

            Listening.Event next = listening.next();
            assertThat(next.name()).isEqualTo("snapshot");
            assertThat(earned(next.data())).isEqualTo(News.MOST + 1);
        }
    }

    @Test
    void an_affiliate_has_ten_streams_and_closing_one_makes_room() {
        List<Listening> open = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) open.add(Listening.to("", token));
            var refused = Listening.send(Listening.request("", token));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");

            open.forEach(Listening::next);
            open.remove(0).close();
            String affiliate = TypeId.AFFILIATE.format(ada.id());
            // What tells of the closed connection is the end of it alone.
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (streams.of(affiliate).size() > 9 && System.nanoTime() < deadline) Thread.onSpinWait();
            open.add(Listening.to("", token));
            assertThat(open.get(9).answer().statusCode()).isEqualTo(200);
        } finally {
            open.forEach(Listening::close);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?period=year, 400, period",
        "?programId=x, 400, programId",
        "?from=2026-01-01, 400, from",
        "?period=today&period=week, 400, period"
    })
    void what_cannot_be_asked_is_refused_with_its_name(String query, int status, String field) {
        ada.asks().get(PATH + query).then().statusCode(status).body("errors.field", hasItem(field));
        var refused = Listening.send(Listening.request(query, token));
        assertThat(refused.statusCode()).isEqualTo(status);
    }

    @Test
    void a_program_of_others_is_not_found_and_one_of_several_is_named() {
        Promoter ben = Promoter.in(pool, "UTC");
        var refused = Listening.send(Listening.request("?programId=" + ben.programId(), token));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        ada.asks().get(PATH + "?programId=" + ben.programId()).then().statusCode(404);

        ada.another();
        ada.asks().get(PATH).then().statusCode(400).body("errors.field", hasItem("programId"));
        assertThat(Listening.send(Listening.request("", token)).statusCode()).isEqualTo(400);
    }

    @Test
    void strangers_and_staff_hear_nothing() {
        assertThat(Listening.send(Listening.request("", null)).statusCode()).isEqualTo(401);
        assertThat(Listening.send(Listening.request("", Tokens.of("admin"))).statusCode())
                .isEqualTo(403);
        given().get(PATH).then().statusCode(401);
    }

    @Test
    void asking_only_for_the_head_opens_nothing() {
        var head = Listening.send(
                Listening.request("", token).method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(streams.of(TypeId.AFFILIATE.format(ada.id()))).isEmpty();
    }

    @Test
    void events_of_before_this_feature_are_nobodys_news() {
        done(pool.preparedQuery("INSERT INTO outbox_event (id, type, aggregate_id, payload, xid)"
                        + " VALUES ($1, 'commission.changed', $1, $2, NULL)")
                .execute(Tuple.of(
                        ids.next(),
                        new JsonObject()
                                .put("affiliateId", TypeId.AFFILIATE.format(ada.id()))
                                .put("programId", ada.programId()))));
        try (Listening back = Listening.to(Listening.request("", token).header("Last-Event-ID", "1:1:"))) {
            assertThat(back.next().name()).isEqualTo("snapshot");
        }
    }

    private static long earned(JsonObject figures) {
        return figures.getJsonArray("earned").getJsonObject(0).getLong("earned");
    }

    private static long amount(Listening.Event event) {
        assertThat(event.name()).isEqualTo("commission");
        return event.data().getJsonObject("amount").getLong("amount");
    }
}
