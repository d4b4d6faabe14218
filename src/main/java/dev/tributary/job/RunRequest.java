package dev.tributary.job;

import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * A run that somebody wants.
 *
 * @param due the scheduled moment, which is run once however many instances have it on their schedule
 * @param fromStart whether the place that an earlier run kept is left aside
 */
record RunRequest(
        Job job,
        Origin origin,
        Optional<OffsetDateTime> due,
        boolean dryRun,
        boolean fromStart,
        Map<String, String> options) {
    RunRequest {
        options = Map.copyOf(options);
    }

    enum Origin {
        COMMAND("command"),
        SCHEDULE("schedule"),
        API("api");

        final String label;

        Origin(String label) {
            this.label = label;
        }
    }

    static RunRequest scheduled(Job job, OffsetDateTime due) {
        return new RunRequest(job, Origin.SCHEDULE, Optional.of(due), false, false, Map.of());
    }

    static RunRequest asked(Job job, boolean dryRun) {
        return new RunRequest(job, Origin.API, Optional.empty(), dryRun, false, Map.of());
    }

    static RunRequest typed(Job job, boolean dryRun, boolean fromStart, Map<String, String> options) {
        return new RunRequest(job, Origin.COMMAND, Optional.empty(), dryRun, fromStart, options);
    }

    JsonObject optionsAsJson() {
        JsonObject json = new JsonObject();
        options.forEach(json::put);
        return json;
    }
}
