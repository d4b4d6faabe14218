package dev.tributary.affiliate;

import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What several affiliates are to become, and why. */
record BulkStatusInput(
        @Schema(
                        minItems = 1,
                        maxItems = BulkStatusInput.MOST,
                        uniqueItems = true,
                        examples = "[\"aff_01h455vb4pex5vsknk084sn02q\"]")
                @Nullable
                List<String> ids,
        @Nullable AffiliateStatus status,
        @Schema(
                        examples = "Bids on our brand although asked not to",
                        minLength = 1,
                        maxLength = StatusInput.MOST,
                        description = "For the record, and for the affiliate to read")
                @Nullable
                String reason) {
    /** As many as a page of the list; about half a second of one transaction. */
    static final int MOST = 100;

    /** The affiliates that are meant, each once and in the order given. */
    List<UUID> affiliates() {
        List<String> given = ids == null ? List.of() : ids;
        FieldErrors errors = new FieldErrors()
                .require(!given.isEmpty(), "ids", "required", "ids names at least one affiliate")
                .require(given.size() <= MOST, "ids", "too_many", "ids names at most 100 affiliates")
                .require(status != null, "status", "required", "status is missing");
        StatusInput.check(reason, errors);
        for (int i = 0; i < Math.min(MOST, given.size()); i++)
            errors.require(
                    given.get(i) != null && TypeId.AFFILIATE.parse(given.get(i)).isPresent(),
                    "ids[" + i + "]",
                    "malformed",
                    "An id starts with aff_");
        errors.done();
        return given.stream()
                .map(id -> TypeId.AFFILIATE.parse(id).orElseThrow())
                .distinct()
                .toList();
    }
}
