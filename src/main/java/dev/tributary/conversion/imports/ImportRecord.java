package dev.tributary.conversion.imports;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One import of conversions from CSV.
 *
 * @param bytes how large it is, as far as it has come
 * @param rowsDone rows that are stored or refused, the header not counted
 */
record ImportRecord(
        UUID id,
        UUID programId,
        String name,
        boolean fromFile,
        boolean dryRun,
        State state,
        @Nullable String message,
        long bytes,
        long bytesDone,
        long rowsDone,
        ImportCounts counts,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant finishedAt) {

    static ImportRecord begun(
            UUID id,
            UUID program,
            String name,
            boolean fromFile,
            boolean dryRun,
            State state,
            long bytes,
            Instant now) {
        ImportCounts none = new ImportCounts(0, 0, 0, 0, 0, 0);
        return new ImportRecord(id, program, name, fromFile, dryRun, state, null, bytes, 0, 0, none, now, now, null);
    }

    /** Where it stands. */
    enum State {
        /** More parts are to come. */
        RECEIVING,
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT));
        }
    }
}
