package dev.tributary.program;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a plan is made from or changed to: in a change, fields left out stay as they are and the slug is refused. */
@Schema(name = "PlanInput")
record PlanInput(
        @Schema(examples = "pro", description = "As events and checkouts name it") @Nullable String slug,
        @Schema(examples = "Pro", description = "The slug unless given") @Nullable String name,
        @Schema(examples = "20", description = "The higher, the more it is; ten above the highest unless given")
                @Nullable
                Integer position) {
    private static final int STEP = 10;

    /** A plan above those. */
    Plan make(UUID id, UUID programId, List<Plan> others, Instant now) {
        new FieldErrors()
                .require(slug != null, "slug", "required", "slug is missing")
                .done();
        int highest = others.isEmpty() ? 0 : others.get(others.size() - 1).position();
        String word = requireNonNullElse(slug, "");
        return new Plan(
                        id,
                        programId,
                        word,
                        requireNonNullElse(name, word),
                        requireNonNullElse(position, highest + STEP),
                        now,
                        now)
                .checked();
    }

    Plan over(Plan old, Instant now) {
        if (slug != null) throw Problem.field("slug", "read_only", "slug of a plan cannot change");
        return new Plan(
                        old.id(),
                        old.programId(),
                        old.slug(),
                        requireNonNullElse(name, old.name()),
                        requireNonNullElse(position, old.position()),
                        old.createdAt(),
                        now)
                .checked();
    }
}
