package dev.tributary.program;

import dev.tributary.id.TypeId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A plan as the API shows it. */
@Schema(name = "Plan")
record PlanView(
        @Schema(examples = "pln_01h455vb4pex5vsknk084sn02q") String id,
        String programId,
        @Schema(examples = "pro") String slug,
        @Schema(examples = "Pro") String name,
        @Schema(examples = "20", description = "The higher, the more it is") int position,
        Instant createdAt,
        Instant updatedAt) {
    static PlanView of(Plan p) {
        return new PlanView(
                TypeId.PLAN.format(p.id()),
                TypeId.PROGRAM.format(p.programId()),
                p.slug(),
                p.name(),
                p.position(),
                p.createdAt(),
                p.updatedAt());
    }
}
