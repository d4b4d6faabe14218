package dev.tributary.payout.admin;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which payouts are to be approved: those named, or those that wait the longest of what a filter leaves. */
@Schema(name = "PayoutApprovalInput")
record BulkInput(
        @Schema(
                        minItems = 1,
                        maxItems = BulkInput.MOST,
                        uniqueItems = true,
                        examples = "[\"pyt_01h455vb4pex5vsknk084sn02q\"]",
                        description = "Either these or a filter")
                @Nullable
                List<String> ids,
        @Nullable Waiting filter,
        @Schema(examples = "Looked through the list", maxLength = 500) @Nullable String reason) {
    /** As many as a chunk of a run; each is a handful of rows in one transaction. */
    static final int MOST = 1_000;

    /** Payouts that wait for approval and are not held; an empty one means all of them. */
    @Schema(name = "PayoutApprovalFilterInput")
    record Waiting(
            @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") @Nullable String programId,
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") @Nullable String affiliateId,
            @Schema(examples = "prn_01h455vb4pex5vsknk084sn02q") @Nullable String runId,
            @Schema(examples = "stripe") @Nullable String rail,
            @Schema(description = "Only payouts in this currency whose gross is less") @Nullable Money under) {
        Filter read() {
            return new Filter(
                    id("filter.programId", programId, TypeId.PROGRAM),
                    id("filter.affiliateId", affiliateId, TypeId.AFFILIATE),
                    id("filter.runId", runId, TypeId.PAYOUT_RUN),
                    rail,
                    under);
        }

        private static @Nullable UUID id(String field, @Nullable String text, TypeId kind) {
            if (text == null) return null;
            return kind.parse(text)
                    .orElseThrow(() -> Problem.field(field, "malformed", field + " starts with " + kind.prefix()));
        }
    }

    /** The same as it is asked of the database; null = not narrowed. */
    record Filter(
            @Nullable UUID program,
            @Nullable UUID affiliate,
            @Nullable UUID run,
            @Nullable String rail,
            @Nullable Money under) {}

    BulkInput checked() {
        FieldErrors errors = new FieldErrors()
                .require((ids == null) != (filter == null), "ids", "required", "Either ids or filter says which")
                .require(ids == null || !ids.isEmpty(), "ids", "required", "ids names at least one payout")
                .require(
                        ids == null || ids.size() <= MOST, "ids", "too_many", "ids names at most " + MOST + " payouts");
        ReasonInput.check(reason, errors);
        List<String> given = ids == null ? List.of() : ids;
        for (int i = 0; i < Math.min(MOST, given.size()); i++)
            errors.require(
                    given.get(i) != null && TypeId.PAYOUT.parse(given.get(i)).isPresent(),
                    "ids[" + i + "]",
                    "malformed",
                    "An id starts with " + TypeId.PAYOUT.prefix());
        errors.done();
        if (filter != null) filter.read();
        return this;
    }

    /** Each once, in the order given. */
    List<UUID> named() {
        List<String> given = ids == null ? List.of() : ids;
        return given.stream()
                .map(id -> TypeId.PAYOUT.parse(id).orElseThrow())
                .distinct()
                .toList();
    }

    String why() {
        return reason == null ? "" : reason;
    }
}
