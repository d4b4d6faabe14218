package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.Stores;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
@QuarkusTestResource(Stores.class)
class ScheduleDatabaseTest {
    @Inject
    Schedule schedule;

    @Inject
    Scheduler scheduler;

    @Inject
    Rehearsal job;

    @Inject
    Jobs jobs;

    @Inject
    JobSettings settings;

    @Inject
    Pool pool;

    @Test
    void a_period_runs_the_job_at_once_and_records_the_moment_it_was_due() {
        Records records = new Records(pool);
        records.query(Rehearsal.TABLE);
        records.query("DELETE FROM job_run WHERE job = $1", Rehearsal.NAME);
        job.work = Rehearsal::count;
        try {
            schedule.schedule(job, "every 1h");

            Records.await(() -> records.statuses(Rehearsal.NAME).contains("succeeded"));
            assertThat(records.last(Rehearsal.NAME).getString("origin")).isEqualTo("schedule");
            assertThat(records.last(Rehearsal.NAME).getString("due_at")).contains(":00:00");
        } finally {
            scheduler.unscheduleJob("job-rehearsal");
        }
    }

    @Test
    void a_schedule_that_cannot_be_read_is_refused_with_the_setting_named() {
        for (String wrong : new String[] {"sometimes", "every second", "every 1s", "* * *"}) {
            assertThatThrownBy(() -> schedule.schedule(job, wrong))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("tributary.job.rehearsal.schedule")
                    .hasMessageContaining(wrong);
        }
    }

    @Test
    void every_job_of_the_house_has_a_schedule_that_can_be_read() {
        for (Job each : jobs.all()) {
            String when = each.schedule();
            if (when.equals(Job.OFF)) continue;
            try {
                scheduler.unscheduleJob("job-" + each.name());
                scheduler.pause();
                schedule.schedule(each, when);
            } finally {
                scheduler.unscheduleJob("job-" + each.name());
                scheduler.resume();
            }
        }
    }

    @Test
    void tests_have_no_schedule_by_themselves() {
        assertThat(settings.scheduling()).isFalse();
    }

    @Test
    void the_moment_of_a_period_is_the_same_on_every_instance() {
        Duration period = Duration.ofMinutes(5);
        Instant expected = Instant.parse("2026-11-21T10:05:00Z");
        assertThat(Schedule.floor(Instant.parse("2026-11-21T10:05:00Z"), period))
                .isEqualTo(expected);
        assertThat(Schedule.floor(Instant.parse("2026-11-21T10:09:59.999Z"), period))
                .isEqualTo(expected);
        assertThat(Schedule.period("every 90s")).isEqualTo(Duration.ofSeconds(90));
    }
}
