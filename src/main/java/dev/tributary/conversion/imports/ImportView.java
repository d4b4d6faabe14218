package dev.tributary.conversion.imports;

import dev.tributary.id.TypeId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An import of conversions, and how far it has come. */
@Schema(name = "ConversionImport")
record ImportView(
        @Schema(examples = "imp_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "march.csv") String name,
        @Schema(examples = "false", description = "Whether it only tells what would become of the rows") boolean dryRun,
        @Schema(
                        examples = "running",
                        enumeration = {"receiving", "queued", "running", "succeeded", "failed"},
                        description = "Receiving: more parts are to come")
                String status,
        @Schema(nullable = true, examples = "The column externalId is missing", description = "Why it failed") @Nullable
                String message,
        @Schema(examples = "1048576", description = "How large it is, as far as it was sent") long bytes,
        @Schema(examples = "524288", description = "How much of it is done") long bytesDone,
        @Schema(examples = "5000", description = "Rows that are done, the header not counted") long rowsDone,
        @Schema(examples = "4990", description = "Leads and sales that are credited") long accepted,
        @Schema(examples = "7", description = "Leads and sales that are stored and earn nothing") long rejected,
        @Schema(examples = "0", description = "Those whose click or sale has not come yet") long waiting,
        @Schema(examples = "0", description = "Refunds") long booked,
        @Schema(examples = "0", description = "Known before") long repeated,
        @Schema(examples = "3", description = "Not stored") long refused,
        @Schema(examples = "2026-11-21T09:30:00.123456Z") Instant createdAt,
        @Schema(examples = "2026-11-21T09:30:05.123456Z") Instant updatedAt,
        @Schema(nullable = true, examples = "2026-11-21T09:30:09.123456Z") @Nullable Instant finishedAt) {
    static ImportView of(ImportRecord kept) {
        ImportCounts counts = kept.counts();
        return new ImportView(
                TypeId.IMPORT.format(kept.id()),
                TypeId.PROGRAM.format(kept.programId()),
                kept.name(),
                kept.dryRun(),
                kept.state().word(),
                kept.message(),
                kept.bytes(),
                kept.bytesDone(),
                kept.rowsDone(),
                counts.accepted(),
                counts.rejected(),
                counts.waiting(),
                counts.booked(),
                counts.repeated(),
                counts.refused(),
                kept.createdAt(),
                kept.updatedAt(),
                kept.finishedAt());
    }
}
