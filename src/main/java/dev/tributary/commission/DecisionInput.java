package dev.tributary.commission;

import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to become of several commissions, and why. */
@Schema(name = "CommissionDecisionInput")
record DecisionInput(
        @Schema(
                        minItems = 1,
                        maxItems = DecisionInput.MOST,
                        uniqueItems = true,
                        examples = "[\"cms_01h455vb4pex5vsknk084sn02q\"]")
                @Nullable
                List<String> ids,
        @Nullable Verb decision,
        @Schema(examples = "The order was a test", maxLength = 1000, description = "Needed to hold and to reject")
                @Nullable
                String reason) {
    /** As many as a page of the list; one transaction of a few statements. */
    static final int MOST = 100;

    static final int LONGEST_REASON = 1_000;

    /** Why, for one commission. */
    @Schema(name = "CommissionReasonInput")
    record Reason(
            @Schema(examples = "The order was a test", maxLength = 1000, description = "Needed to hold and to reject")
                    @Nullable
                    String reason) {
        String checked(Verb verb) {
            FieldErrors errors = new FieldErrors();
            check(reason, verb, errors);
            errors.done();
            return reason == null ? "" : reason;
        }
    }

    /** The commissions that are meant, each once and in the order given. */
    List<UUID> commissions() {
        List<String> given = ids == null ? List.of() : ids;
        FieldErrors errors = new FieldErrors()
                .require(!given.isEmpty(), "ids", "required", "ids names at least one commission")
                .require(given.size() <= MOST, "ids", "too_many", "ids names at most 100 commissions")
                .require(decision != null, "decision", "required", "decision is missing");
        if (decision != null) check(reason, decision, errors);
        for (int i = 0; i < Math.min(MOST, given.size()); i++)
            errors.require(
                    given.get(i) != null
                            && TypeId.COMMISSION.parse(given.get(i)).isPresent(),
                    "ids[" + i + "]",
                    "malformed",
                    "An id starts with " + TypeId.COMMISSION.prefix());
        errors.done();
        return given.stream()
                .map(id -> TypeId.COMMISSION.parse(id).orElseThrow())
                .distinct()
                .toList();
    }

    private static void check(@Nullable String reason, Verb verb, FieldErrors errors) {
        errors.require(
                        verb == Verb.APPROVE || reason != null && !reason.isBlank(),
                        "reason",
                        "required",
                        "A reason is needed")
                .require(
                        reason == null || reason.length() <= LONGEST_REASON,
                        "reason",
                        "too_long",
                        "reason has at most 1,000 characters")
                .require(
                        reason == null || reason.indexOf('\0') < 0,
                        "reason",
                        "malformed",
                        "reason holds no character U+0000");
    }
}
