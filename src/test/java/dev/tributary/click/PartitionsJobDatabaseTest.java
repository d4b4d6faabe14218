package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
@QuarkusTestResource(Stores.class)
class PartitionsJobDatabaseTest {
    @Inject
    CommandLineApplication application;

    @Inject
    Pool pool;

    @Inject
    Clock clock;

    @Inject
    ClickConfig config;

    private Rows rows;
    private LocalDate today;

    @BeforeEach
    void a_day_ahead_is_missing() {
        rows = new Rows(pool);
        today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        rows.query("DROP TABLE IF EXISTS " + name(today.plusDays(7)));
    }

    @AfterEach
    void tidy() {
        for (LocalDate day :
                new LocalDate[] {floor().minusDays(1), floor().minusDays(2), floor().minusDays(3), stray()})
            rows.query("DROP TABLE IF EXISTS " + name(day));
    }

    @Test
    void days_ahead_are_made_and_days_past_retention_removed() {
        attach(floor().minusDays(1));
        attach(floor());

        Typed typed = Typed.run(application, "job", "partitions");

        assertThat(typed.exitCode()).as(typed.error()).isZero();
        assertThat(typed.lines()).contains("make " + name(today.plusDays(7)), "remove " + name(floor().minusDays(1)));
        assertThat(isPartition(today.plusDays(7))).isTrue();
        assertThat(exists(floor().minusDays(1))).isFalse();
        assertThat(isPartition(floor())).as("the floor itself is kept").isTrue();
        assertThat(Typed.run(application, "job", "partitions").lines()).isEmpty();
        rows.query("DROP TABLE " + name(floor()));
    }

    @Test
    void a_dry_run_names_them_and_changes_nothing() {
        attach(floor().minusDays(1));

        Typed typed = Typed.run(application, "job", "partitions", "--dry-run");

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.lines())
                .contains("would make " + name(today.plusDays(7)), "would remove " + name(floor().minusDays(1)));
        assertThat(exists(today.plusDays(7))).isFalse();
        assertThat(isPartition(floor().minusDays(1))).isTrue();
    }

    @Test
    void a_removal_that_ended_half_way_is_ended() {
        attach(floor().minusDays(2));
        rows.query("ALTER TABLE click DETACH PARTITION " + name(floor().minusDays(2)));
        attach(floor().minusDays(3));
        rows.query("UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = '" + name(floor().minusDays(3))
                + "'::regclass");

        Typed typed = Typed.run(application, "job", "partitions");

        assertThat(typed.exitCode()).as(typed.error() + typed.lines()).isZero();
        assertThat(exists(floor().minusDays(2))).isFalse();
        assertThat(exists(floor().minusDays(3))).isFalse();
    }

    @Test
    void a_day_that_somebody_detached_within_retention_is_named_and_left() {
        attach(stray());
        rows.query("ALTER TABLE click DETACH PARTITION " + name(stray()));

        Typed typed = Typed.run(application, "job", "partitions");

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.lines()).contains(name(stray()) + " is detached and within retention");
        assertThat(exists(stray())).isTrue();
    }

    private LocalDate floor() {
        return today.minusDays(config.retentionDays());
    }

    private LocalDate stray() {
        return today.minusDays(100);
    }

    private static String name(LocalDate day) {
        return Partitions.name(day);
    }

    private void attach(LocalDate day) {
        rows.query("CREATE TABLE " + name(day) + " PARTITION OF click FOR VALUES FROM ('" + Partitions.bound(day)
                + "') TO ('" + Partitions.bound(day.plusDays(1)) + "')");
    }

    private boolean exists(LocalDate day) {
        return rows.query("SELECT to_regclass('" + name(day) + "') IS NOT NULL AS found")
                .get(0)
                .getBoolean("found");
    }

    private boolean isPartition(LocalDate day) {
        return exists(day)
                && !rows.query("SELECT 1 AS one FROM pg_inherits WHERE inhparent = 'click'::regclass AND inhrelid = '"
                                + name(day) + "'::regclass")
                        .isEmpty();
    }
}
