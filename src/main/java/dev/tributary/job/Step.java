package dev.tributary.job;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a run did.
 *
 * @param done units of work, as counted by {@link JobRun#total}
 * @param cursor the place from which a later run goes on, null to leave it where it was
 */
public record Step(long done, @Nullable JsonObject cursor) {
    public static Step of(long done) {
        return new Step(done, null);
    }
}
