package dev.tributary.job;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A job as the API shows it. */
@Schema(name = "Job")
record JobView(
        @Schema(examples = "partitions", description = "As in the address of its runs") String name,
        @Schema(examples = "Makes the click table's days ahead and drops those past retention") String description,
        @Schema(examples = "7 * * * *", description = "Five cron fields in UTC, 'every 5m', or 'off'") String schedule,
        @Schema(examples = "PT1H", description = "How long a run may take, as an ISO 8601 duration") String deadline,
        @Schema(description = "Options that the command line must give; such a job cannot be started here")
                List<String> requiredOptions,
        @Schema(nullable = true, description = "Null where it never ran") @Nullable RunView lastRun) {
    static JobView of(Job job, JobSettings settings, @Nullable RunRecord last) {
        return new JobView(
                job.name(),
                job.description(),
                settings.schedule(job),
                settings.deadline(job).toString(),
                job.options().stream()
                        .filter(JobOption::required)
                        .map(JobOption::name)
                        .toList(),
                last == null ? null : RunView.of(last));
    }
}
