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
        @Schema(examples = "partitions") String job,
        @Schema(
                        examples = "succeeded",
                        enumeration = {"running", "succeeded", "failed", "abandoned"})
                String status,
        @Schema(
                        examples = "schedule",
                        enumeration = {"command", "schedule", "api"})
                String origin,
        boolean dryRun,
        Instant startedAt,
        @Schema(description = "The run's last sign of life, at most seconds old while it is running")
                Instant heartbeatAt,
        @Nullable Instant finishedAt,
        @Schema(examples = "8") long done,
        @Schema(examples = "8", description = "Units of work in all, null where that is not known") @Nullable
                Long total,
        @Schema(description = "The run whose place this one went on from") @Nullable String resumedFrom,
        List<String> report,
        @Schema(description = "Why it did not succeed") @Nullable String message,
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
