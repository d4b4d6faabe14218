package dev.tributary.analytics.live;

import static dev.tributary.analytics.live.Commissions.done;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.access.ApiKeys;
import dev.tributary.access.Issued;
import dev.tributary.access.KeyOwner;
import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may listen, and for how long. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class LiveRightsDatabaseTest {
    private static final String PATH = "/api/affiliate/earnings/live";

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    ApiKeys keys;

    @Inject
    Ids ids;

    @Inject
    Tickets tickets;

    @Inject
    OldTickets oldTickets;

    private Promoter ada;
    private String token;

    @BeforeEach
    void one_of_them() {
        ada = Promoter.in(pool, "UTC");
        token = Tokens.as(ada.id().toString(), "affiliate");
    }

    @Test
    void a_ticket_opens_one_stream_once() {
        String ticket = ticket(token);

        try (Listening listening = Listening.to("?ticket=" + ticket, null)) {
            assertThat(listening.answer().statusCode()).isEqualTo(200);
            assertThat(listening.next().name()).isEqualTo("snapshot");
        }
        assertThat(status("?ticket=" + ticket)).isEqualTo(401);
        assertThat(status("?ticket=lvt_" + "x".repeat(43))).isEqualTo(401);
        assertThat(status("?ticket=")).isEqualTo(401);
    }

    @Test
    void of_twenty_who_show_a_ticket_at_once_one_is_let_in() {
        String ticket = ticket(token);
        ExecutorService many = Executors.newFixedThreadPool(20);
        try {
            var all = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> Listening.send(Listening.request("?ticket=" + ticket, null)), many))
                    .toList();
            var statuses = all.stream()
                    .map(CompletableFuture::join)
                    .map(answer -> {
                        CompletableFuture.runAsync(() -> close(answer), many);
                        return answer.statusCode();
                    })
                    .toList();
            assertThat(statuses).containsOnlyOnce(200);
            assertThat(statuses).filteredOn(status -> status == 401).hasSize(19);
        } finally {
            many.shutdown();
        }
    }

    @Test
    void a_ticket_opens_nothing_else() {
        String ticket = ticket(token);
        given().accept("application/json")
                .get(PATH + "?ticket=" + ticket)
                .then()
                .statusCode(403);
        given().get("/api/affiliate/profile?ticket=" + ticket(token)).then().statusCode(401);
        given().post(PATH + "/tickets?ticket=" + ticket(token)).then().statusCode(401);
    }

    @Test
    void a_ticket_is_good_for_a_minute_and_is_kept_as_a_hash() {
        String ticket = ticket(token);
        done(pool.query("UPDATE live_ticket SET expires_at = now() - interval '1 second'")
                .execute());

        assertThat(status("?ticket=" + ticket)).isEqualTo(401);
        assertThat(done(pool.query("SELECT live_ticket::text LIKE '%lvt_%' FROM live_ticket")
                                .execute())
                        .iterator()
                        .next()
                        .getBoolean(0))
                .isFalse();
        OffsetDateTime later = OffsetDateTime.now(ZoneOffset.UTC);
        long old = done(transactions.read(c -> oldTickets.count(c, later)));
        int forgotten = done(transactions.run(tx -> oldTickets.forget(tx, later, 1_000)));
        long left = done(transactions.read(c -> oldTickets.count(c, later)));
        assertThat(old).isPositive();
        assertThat(forgotten).isPositive();
        assertThat(left).isZero();
    }

    @Test
    void a_stream_ends_with_the_token_that_its_ticket_was_made_with() {
        LiveTicket ticket =
                done(tickets.issue(new Holder(ada.id(), null, Instant.now().plus(Duration.ofSeconds(2)))));

        try (Listening listening = Listening.to("?ticket=" + ticket.ticket(), null)) {
            assertThat(listening.next().name()).isEqualTo("snapshot");
            Listening.Event end = listening.next();
            assertThat(end.name()).isEqualTo("end");
            assertThat(end.data().getString("reason")).isEqualTo("credentials");
            assertThat(listening.next().name()).isEqualTo("closed");
        }
    }

    @Test
    void a_key_reads_makes_tickets_and_ends_its_streams_when_it_is_revoked() {
        Issued key = key();
        given().auth().oauth2(key.secret()).get(PATH).then().statusCode(200);
        String ticket = ticket(key.secret());

        try (Listening direct = Listening.to("", key.secret());
                Listening byTicket = Listening.to("?ticket=" + ticket, null);
                Listening person = Listening.to("", token)) {
            direct.next();
            byTicket.next();
            person.next();
            String unused = ticket(key.secret());
            done(transactions.run(tx ->
                    keys.revoke(tx, KeyOwner.AFFILIATE, ada.id(), key.key().id())));

            assertThat(direct.next().name()).isEqualTo("end");
            assertThat(byTicket.next().name()).isEqualTo("end");
            assertThat(status("?ticket=" + unused)).isEqualTo(403);
            new Commissions(pool, ids, Clock.systemUTC()).earned(ada.id(), 5);
            assertThat(person.next().name()).isEqualTo("commission");
        }
    }

    @Test
    void a_suspended_affiliate_hears_no_more_and_still_reads() {
        try (Listening listening = Listening.to("", token)) {
            listening.next();
            done(pool.preparedQuery("UPDATE affiliate SET status = 'suspended' WHERE id = $1")
                    .execute(Tuple.of(ada.id())));

            assertThat(listening.next().name()).isEqualTo("end");
        }
        assertThat(Listening.send(Listening.request("", token)).statusCode()).isEqualTo(403);
        ada.asks().post(PATH + "/tickets").then().statusCode(403);
        ada.asks().get(PATH).then().statusCode(200);
    }

    @Test
    void tickets_are_sixty_a_minute_and_for_affiliates_alone() {
        given().post(PATH + "/tickets").then().statusCode(401);
        given().auth().oauth2(Tokens.of("admin")).post(PATH + "/tickets").then().statusCode(403);
        for (int i = 0; i < 60; i++) ticket(token);
        ada.asks().post(PATH + "/tickets").then().statusCode(429);
    }

    private String ticket(String bearer) {
        return given().auth()
                .oauth2(bearer)
                .post(PATH + "/tickets")
                .then()
                .statusCode(200)
                .body("ticket", startsWith("lvt_"))
                .extract()
                .path("ticket");
    }

    private Issued key() {
        return done(transactions.run(tx -> keys.issue(tx, KeyOwner.AFFILIATE, ada.id(), "test", Set.of())));
    }

    private static int status(String query) {
        var answer = Listening.send(Listening.request(query, null));
        close(answer);
        return answer.statusCode();
    }

    private static void close(java.net.http.HttpResponse<java.io.InputStream> answer) {
        try {
            answer.body().close();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
