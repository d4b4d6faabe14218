package dev.tributary.conversion.imports;

import dev.tributary.program.Program;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Divides a file into what one transaction takes. */
final class ImportChunks {
    private final ImportFile file;
    private final Program program;
    private final Clock clock;
    private @Nullable ImportRow left;

    ImportChunks(ImportFile file, Program program, Clock clock) {
        this.file = file;
        this.program = program;
        this.clock = clock;
    }

    /** The next; empty at the end. */
    Imports.Chunk next() {
        Imports.Chunk chunk = new Imports.Chunk(program, clock.instant());
        for (ImportRow row = row(); row != null; row = row()) {
            if (!chunk.add(row)) {
                left = row;
                return chunk;
            }
            if (chunk.isFull()) return chunk;
        }
        return chunk;
    }

    private @Nullable ImportRow row() {
        ImportRow kept = left;
        left = null;
        if (kept != null) return kept;
        List<ImportRow> one = file.read(1);
        return one.isEmpty() ? null : one.get(0);
    }
}
