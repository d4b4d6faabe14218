package dev.tributary.job;

import java.time.Duration;
import java.util.List;

/**
 * A batch command of this binary, found by CDI: run from the command line, by the schedule, or by staff.
 *
 * <p>One run at a time in the whole installation. A run may die at any moment, so what it does is done again by the next
 * without harm, or goes in steps that keep their place ({@link JobRun#step}).
 */
public interface Job {
    /** A schedule that never comes. */
    String OFF = "off";

    /** Lower-case letters, digits and dashes, 40 at most: the word on the command line, in settings and in metrics. */
    String name();

    /** One line for people. */
    String description();

    /**
     * When it runs by itself: five cron fields in UTC, {@code every 5m}, or {@link #OFF}. The setting {@code
     * tributary.job.NAME.schedule} stands above it.
     */
    default String schedule() {
        return OFF;
    }

    /** How long a run may take; then it is stopped, fails and keeps its place. The setting is {@code ...NAME.deadline}. */
    default Duration deadline() {
        return Duration.ofHours(1);
    }

    /** What the command line takes beside {@code --dry-run}. A job with a required option runs from there alone. */
    default List<JobOption> options() {
        return List.of();
    }

    /**
     * Does the work on a thread of its own, which may block. Whatever it throws makes the run fail; a finding, such as a
     * check that does not pass, is a {@link JobFailed}.
     */
    void run(JobRun run) throws Exception;
}
