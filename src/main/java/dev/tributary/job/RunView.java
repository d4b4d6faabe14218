package dev.tributary.job;

import dev.tributary.id.TypeId;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A run as the API shows it. */
@Schema(name = "JobRun")
record RunView(
        @Schema(examples = "run_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "partitions", description = "The name of the job") String job,
        @Schema(
                        examples = "succeeded",
                        enumeration = {"running", "succeeded", "failed", "abandoned"},
                        description = "How it stands; abandoned when its process died")
                String status,
        @Schema(
                        examples = "schedule",
                        enumeration = {"command", "schedule", "api"},
                        description = "What started it")
                String origin,
        @Schema(description = "Whether it only tells what would be done") boolean dryRun,
        @Schema(description = "When it began") Instant startedAt,
        @Schema(description = "The run's last sign of life, at most seconds old while it is running")
                Instant heartbeatAt,
        @Schema(nullable = true, description = "When it ended; null while it goes on") @Nullable Instant finishedAt,
        @Schema(examples = "8", description = "Units of work that are done") long done,
        @Schema(nullable = true, examples = "8", description = "Units of work in all, null where that is not known")
                @Nullable
                Long total,
        @Schema(nullable = true, description = "The run whose place this one went on from; null where it began anew")
                @Nullable
                String resumedFrom,
        @Schema(description = "What it did, in sentences") List<String> report,
        @Schema(nullable = true, description = "Why it did not succeed; null where it did, or goes on") @Nullable
                String message,
        @Schema(examples = "tributary-0/17", description = "Host and process") String instance) {
    static RunView of(RunRecord r) {
        return new RunView(
                id(r),
                r.job(),
                r.status().label(),
                r.origin(),
                r.dryRun(),
                r.startedAt(),
                r.heartbeatAt(),
                r.finishedAt(),
                r.done(),
                r.total(),
                r.resumedFrom() == null ? null : TypeId.JOB_RUN.format(r.resumedFrom()),
                r.report(),
                r.message(),
                r.instance());
    }

    static String id(RunRecord r) {
        return TypeId.JOB_RUN.format(r.id());
    }
}
