package dev.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every fault for some seconds, on the packaged jar and real stores. The long form is {@code load-tests/chaos.sh}.
 *
 * <p>How fast anything was is printed and not asserted: a build machine is busy with other things.
 */
class ChaosIT {
    private static House house;

    private final StoreFaults stores = new StoreFaults(house, Dose.SHORT);
    private final AppFaults apps = new AppFaults(house, Dose.SHORT);
    private final DataFaults data = new DataFaults(house, Dose.SHORT);

    @BeforeAll
    static void open() {
        house = new House(Path.of("target/chaos"), House.SHORT_LIVED);
        System.out.println(Outcome.HEADER);
    }

    @AfterAll
    static void close() {
        if (house != null) house.close();
    }

    @Test
    void postgres_is_killed_and_comes_back() {
        keptAndRedirected(stores.postgresKilled());
    }

    @Test
    void postgres_is_stopped_where_it_stands() {
        keptAndRedirected(stores.postgresFrozen());
    }

    @Test
    void redis_is_killed_and_comes_back() {
        keptAndRedirected(stores.redisKilled());
    }

    @Test
    void redis_is_stopped_where_it_stands() {
        keptAndRedirected(stores.redisFrozen());
    }

    @Test
    void redis_forgets_everything() {
        keptAndRedirected(stores.redisFlushed());
    }

    @Test
    void redis_refuses_writes() {
        keptAndRedirected(stores.redisReadOnly());
    }

    @Test
    void the_application_is_killed_under_load_again_and_again() {
        keptAndRedirected(apps.killed());
    }

    @Test
    void a_terminated_application_answers_what_it_took_and_exits_in_time() {
        Outcome outcome = keptAndRedirected(apps.terminated());
        assertThat(outcome.note()).doesNotContain("NOT exit");
    }

    @Test
    void the_application_starts_and_redirects_while_postgres_is_away() {
        keptAndRedirected(apps.startedWithoutPostgres());
    }

    @Test
    void rows_that_the_database_refuses_are_set_aside_with_the_reason_and_the_rest_lands() {
        DataFaults.Poison poison = data.poison();
        keptAndRedirected(poison.outcome());
        assertThat(poison.quarantined()).isPositive().isEqualTo(poison.made());
        assertThat(poison.unexplained()).isZero();
    }

    @Test
    void visitors_of_a_full_journal_are_redirected_without_a_click_id_and_counted() {
        // A disk that is really full takes the right to mount one; a journal at its bound is the next best thing.
        DataFaults.JournalFull full =
                SmallDisk.possible() ? new DiskFaults(house, Dose.SHORT).journalDiskFull() : data.journalBound();
        keptAndRedirected(full.outcome());
        assertThat(full.counted()).isTrue();
        assertThat(full.withoutId()).isPositive();
        assertThat(full.metric()).isGreaterThanOrEqualTo(full.withoutId());
    }

    private static Outcome keptAndRedirected(Outcome outcome) {
        System.out.println(outcome.row());
        assertThat(outcome.acknowledged()).as(outcome.row()).isPositive();
        assertThat(outcome.kept()).as(outcome.row()).isTrue();
        assertThat(outcome.redirectedPercent()).as(outcome.row()).isGreaterThanOrEqualTo(99.99);
        assertThat(outcome.resumeMillis()).as(outcome.row()).isNotNegative();
        return outcome;
    }
}
