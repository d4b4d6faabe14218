package dev.tributary.job;

import dev.tributary.postgres.Migrations;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

/**
 * The clockwork within the server: each job at its times, in UTC. Where {@code tributary.job.schedule} is {@code off},
 * something else runs the jobs, such as CronJobs.
 *
 * <p>Every instance has it. What makes a moment run once is that its run is recorded with the moment: the start of the
 * minute for cron, of the period (counted from 1970) for {@code every}.
 */
@ApplicationScoped
class Schedule {
    private static final String EVERY = "every ";
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private final Scheduler scheduler;
    private final Jobs jobs;
    private final JobSettings settings;
    private final Runner runner;
    private final Migrations migrations;

    Schedule(Scheduler scheduler, Jobs jobs, JobSettings settings, Runner runner, Migrations migrations) {
        this.scheduler = scheduler;
        this.jobs = jobs;
        this.settings = settings;
        this.runner = runner;
        this.migrations = migrations;
    }

    void onStart(@Observes @Priority(50) StartupEvent event) {
        if (!settings.scheduling()) return;
        for (Job job : jobs.all()) {
            String when = settings.schedule(job);
            if (!when.equals(Job.OFF)) schedule(job, when);
        }
    }

    void schedule(Job job, String when) {
        if (job.options().stream().anyMatch(JobOption::required))
            throw new IllegalStateException("Job " + job.name() + " has a required option and cannot be scheduled");
        try {
            Scheduler.JobDefinition<?> definition = scheduler.newJob("job-" + job.name());
            if (when.startsWith(EVERY)) every(definition, job, period(when));
            else cron(definition, job, when);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IllegalStateException(
                    "%s is five cron fields, 'every 5m' (10 s at least) or 'off', not '%s': %s"
                            .formatted(JobSettings.key(job, "schedule"), when, e.getMessage()),
                    e);
        }
    }

    private void cron(Scheduler.JobDefinition<?> definition, Job job, String fields) {
        definition.setCron(fields).setTimeZone("UTC");
        definition
                .setTask(run -> fire(job, run, at -> at.truncatedTo(ChronoUnit.MINUTES)))
                .schedule();
    }

    private void every(Scheduler.JobDefinition<?> definition, Job job, Duration period) {
        definition.setInterval(period.toString());
        definition.setTask(run -> fire(job, run, at -> floor(at, period))).schedule();
    }

    /** Before the schema is there nothing can run; what is due then is due again in its next period. */
    private void fire(Job job, ScheduledExecution execution, UnaryOperator<Instant> moment) {
        if (!migrations.isDone()) return;
        OffsetDateTime due = moment.apply(execution.getScheduledFireTime()).atOffset(ZoneOffset.UTC);
        runner.inBackground(RunRequest.scheduled(job, due));
    }

    static Instant floor(Instant at, Duration period) {
        long millis = period.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), millis) * millis);
    }

    static Duration period(String when) {
        Duration period =
                DurationConverter.parseDuration(when.substring(EVERY.length()).trim());
        if (period == null || period.compareTo(SHORTEST) < 0) throw new IllegalArgumentException("too short");
        return period;
    }
}
