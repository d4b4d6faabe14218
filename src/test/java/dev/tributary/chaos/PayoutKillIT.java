package dev.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.chaos.Barrier.Place;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The packaged application killed at each point of a payout's way, K1 to K15, on real stores and with a provider in a process of
 * its own. After each: everybody is paid once, nobody twice, nobody is forgotten, the books are in order.
 */
@Timeout(1_800)
@TestMethodOrder(MethodOrderer.MethodName.class)
class PayoutKillIT {
    /** A point is reached by one payout; what its neighbours do meanwhile is as good as random. */
    private static final int EACH = 3;

    private static final int POINTS = 15;
    private static final String SUBMITTED = "OLD.state = 'approved' AND NEW.state = 'submitted'";
    private static final String PAID = "OLD.state IN ('submitted', 'unknown') AND NEW.state = 'paid'";
    private static final String DOUBTED = "doubtful AND state IN ('unknown', 'paid')";
    private static final List<String> ROWS = new ArrayList<>();

    private static PayoutKills kills;
    private static int paid;
    private static int returned;
    /** Whose money came back is paid by the next run. */
    private static int owedAgain;

    @BeforeAll
    static void open() throws Exception {
        kills = new PayoutKills(Path.of("target/payout-kills"), EACH * POINTS);
        ROWS.add("| point | killed | paid | returned | open | provider's transfers | twice | check-books |");
        ROWS.add("|---|---|---|---|---|---|---|---|");
    }

    @AfterAll
    static void close() {
        ROWS.forEach(System.out::println);
        if (kills != null) kills.close();
    }

    /** Something that reaches a point. */
    private interface Way {
        void go() throws Exception;
    }

    /** Lets more people in and starts a run. */
    private static void run() throws Exception {
        if (!kills.app().running()) kills.app().start();
        kills.world().letIn(EACH);
        kills.world().startRun();
    }

    private static void killAt(Place place, Way way) throws Exception {
        try (Barrier barrier = kills.barrier(place)) {
            way.go();
            barrier.awaitReached();
            kills.app().kill();
        }
    }

    /** Started again, the application does what is left to do; then all is as it must be. */
    private static void recovers(String point, String where, int alsoReturned) throws Exception {
        if (!kills.app().running()) kills.app().start();
        PayoutTruth truth = kills.settle();
        String books = kills.checkBooks();
        ROWS.add("| %s | %s | %d | %d | %d | %d | %d | %s |"
                .formatted(
                        point,
                        where,
                        truth.paid(),
                        truth.returned(),
                        truth.open(),
                        truth.transfers(),
                        truth.twice(),
                        books.isEmpty() ? "in order" : "WRONG"));
        paid += EACH + owedAgain - alsoReturned;
        returned += alsoReturned;
        owedAgain = alsoReturned;
        assertThat(truth.wrong()).isEmpty();
        assertThat(truth.twice()).isZero();
        assertThat(truth.open()).isZero();
        assertThat(truth.paid()).isEqualTo(paid);
        assertThat(truth.returned()).isEqualTo(returned);
        assertThat(truth.transfers()).isEqualTo(paid + returned);
        assertThat(books).as("check-books").isEmpty();
    }

    private static long count(String where) throws Exception {
        return kills.world().number("SELECT count(*) FROM payout WHERE " + where);
    }

    @Test
    void k01_while_the_eligible_are_looked_for() throws Exception {
        kills.app().start();
        // The statement with which a run looks for the next enrollments of its program.
        try (Barrier barrier = kills.barrier("enrollment", "%FROM enrollment WHERE program_id%")) {
            run();
            barrier.awaitReached();
            kills.app().kill();
        }
        assertThat(count("true")).isZero();
        recovers("K1", "while the eligible are looked for", 0);
    }

    @Test
    void k02_before_payouts_and_reservations_are_committed() throws Exception {
        long before = count("true");
        killAt(Place.before("INSERT", "payout", "true"), PayoutKillIT::run);
        assertThat(count("true")).as("no trace").isEqualTo(before);
        recovers("K2", "before the commit of payouts and reservations", 0);
    }

    @Test
    void k03_within_the_commit_of_payouts_and_reservations() throws Exception {
        long before = count("true");
        killAt(Place.commit("INSERT", "payout", "true"), PayoutKillIT::run);
        assertThat(count("true")).as("committed, and nobody heard").isEqualTo(before + EACH);
        recovers("K3", "within that commit", 0);
    }

    @Test
    void k04_before_submitted_is_committed() throws Exception {
        killAt(Place.before("UPDATE", "payout", SUBMITTED), PayoutKillIT::run);
        assertThat(count("state = 'approved' AND key IS NULL")).isEqualTo(EACH);
        recovers("K4", "before the commit of key and body", 0);
    }

    @Test
    void k05_within_the_commit_of_submitted_and_nothing_is_sent() throws Exception {
        int moves = kills.provider().moves();
        killAt(Place.commit("UPDATE", "payout", SUBMITTED), PayoutKillIT::run);
        assertThat(count("state = 'submitted'")).isPositive();
        assertThat(kills.provider().moves()).isEqualTo(moves);
        recovers("K5", "within that commit, nothing sent", 0);
    }

    @Test
    void k06_while_the_request_is_on_its_way() throws Exception {
        int moves = kills.provider().moves();
        kills.provider().fates("DROPPED", "DROPPED", "DROPPED");
        run();
        kills.awaitMoves(moves + 1);
        kills.app().kill();
        recovers("K6", "the request lost on its way", 0);
    }

    @Test
    void k07_after_the_provider_carried_it_out() throws Exception {
        int moves = kills.provider().moves();
        kills.provider().fates("HELD", "HELD", "HELD");
        run();
        kills.awaitMoves(moves + EACH);
        kills.app().kill();
        assertThat(kills.truth().transfers()).isEqualTo(paid + EACH);
        kills.provider().tell("release", new JsonObject());
        recovers("K7", "carried out, the answer held", 0);
    }

    @Test
    void k08_after_the_answer_was_lost() throws Exception {
        kills.provider().fates("DONE_AND_DROPPED", "HALF_AN_ANSWER", "DONE_AND_500");
        long before = count(DOUBTED);
        run();
        kills.await("SELECT count(*) FROM payout WHERE " + DOUBTED, before + EACH);
        kills.app().kill();
        recovers("K8", "the answer lost, halved, 500", 0);
    }

    @Test
    void k09_before_the_result_is_committed() throws Exception {
        killAt(Place.before("UPDATE", "payout", PAID), PayoutKillIT::run);
        assertThat(count("state = 'submitted'")).isPositive();
        recovers("K9", "before the commit of the result", 0);
    }

    @Test
    void k10_within_the_commit_of_the_result() throws Exception {
        killAt(Place.commit("UPDATE", "payout", PAID), PayoutKillIT::run);
        assertThat(count("state = 'paid'")).isGreaterThan(paid);
        recovers("K10", "within that commit", 0);
    }

    @Test
    void k11_before_an_event_of_the_provider_is_committed() throws Exception {
        kills.provider().fates("SILENT", "SILENT", "SILENT");
        kills.listen(2);
        killAt(Place.before("INSERT", "payout_notice", "true"), PayoutKillIT::run);
        kills.provider().tell("release", new JsonObject());
        recovers("K11", "before the commit of an event, told again", 0);
        kills.listenNoMore();
    }

    @Test
    void k12_within_the_commit_of_an_event_that_comes_before_the_answer() throws Exception {
        kills.provider().fates("HELD", "HELD", "HELD");
        kills.listen(2);
        killAt(Place.commit("INSERT", "payout_notice", "true"), PayoutKillIT::run);
        kills.provider().tell("release", new JsonObject());
        recovers("K12", "within that commit, before the answer", 0);
        kills.listenNoMore();
    }

    @Test
    void k13_while_money_comes_back() throws Exception {
        run();
        kills.await("SELECT count(*) FROM payout WHERE state = 'paid'", paid + EACH);
        ProviderProcess.Moved last = kills.provider().moved().get(paid);
        kills.listen(2);
        killAt(Place.before("UPDATE", "payout", "OLD.state = 'paid' AND NEW.state = 'returned'"), () -> kills.provider()
                .tell("return", new JsonObject().put("transfer", last.id()).put("minor", last.minor())));
        kills.app().start();
        kills.await("SELECT count(*) FROM payout WHERE state = 'returned'", returned + 1);
        recovers("K13", "while a transfer is reversed", 1);
        kills.listenNoMore();
    }

    @Test
    void k14_before_what_follows_is_told() throws Exception {
        killAt(Place.before("INSERT", "outbox_event", "NEW.type = 'payout.paid'"), PayoutKillIT::run);
        recovers("K14", "while it is told onward", 0);
        assertThat(kills.world().number("SELECT count(*) FROM outbox_event WHERE type = 'payout.paid'"))
                .as("one payout.paid each")
                .isEqualTo(paid + returned);
    }

    @Test
    void k15_while_reconciliation_adopts() throws Exception {
        int moves = kills.provider().moves();
        kills.provider().fates("SILENT", "SILENT", "SILENT");
        run();
        kills.awaitMoves(moves + EACH);
        kills.app().kill();
        kills.provider().tell("release", new JsonObject());
        assertThat(count("state = 'submitted'")).isEqualTo(EACH);
        try (Barrier barrier = kills.barrier(Place.before("UPDATE", "payout", PAID))) {
            kills.reconcileAndKill(barrier);
        }
        assertThat(kills.reconcile()).isZero();
        assertThat(count("state = 'submitted'")).as("adopted").isZero();
        assertThat(kills.reconcile()).as("again").isZero();
        recovers("K15", "while job reconcile adopts", 0);
        assertThat(kills.checkBooksByCommand()).as("job check-books").isZero();
    }
}
