package dev.tributary.job;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of {@code job_run}. */
record RunRecord(
        UUID id,
        String job,
        String origin,
        boolean dryRun,
        RunStatus status,
        Instant startedAt,
        Instant heartbeatAt,
        @Nullable Instant finishedAt,
        long done,
        @Nullable Long total,
        @Nullable JsonObject cursor,
        @Nullable UUID resumedFrom,
        List<String> report,
        @Nullable String message,
        String instance) {
    RunRecord {
        report = List.copyOf(report);
    }
}
