package dev.tributary.conversion.admin;

import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which conversions shall be decided once more. */
@Schema(name = "DecideInput")
record DecideInput(
        @Schema(examples = "[\"cnv_01h455vb4pex5vsknk084sn02q\"]", required = true, description = "1 to 100") @Nullable
                List<@Nullable String> ids,
        @Schema(
                        examples = "aff_01h455vb4pex5vsknk084sn02q",
                        description = "Is credited, whatever the evidence says; by the evidence unless given")
                @Nullable
                String affiliateId) {
    /** What one request decides stays readable, and locks rows for a moment only. */
    private static final int MOST = 100;

    List<UUID> conversions() {
        if (ids == null || ids.isEmpty() || ids.size() > MOST)
            throw Problem.field("ids", "out_of_range", "ids are 1 to " + MOST + " conversions");
        return ids.stream()
                .map(id -> TypeId.CONVERSION
                        .parse(Objects.requireNonNullElse(id, ""))
                        .orElseThrow(() -> Problem.field("ids", "malformed", "An id starts with cnv_")))
                .distinct()
                .toList();
    }

    @Nullable
    UUID affiliate() {
        if (affiliateId == null) return null;
        return TypeId.AFFILIATE
                .parse(affiliateId)
                .orElseThrow(() -> Problem.field("affiliateId", "malformed", "affiliateId starts with aff_"));
    }
}
