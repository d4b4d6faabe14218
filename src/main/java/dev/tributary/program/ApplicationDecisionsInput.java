package dev.tributary.program;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Decisions on several applications. */
@Schema(name = "ApplicationDecisionsInput")
record ApplicationDecisionsInput(
        @Schema(required = true, minItems = 1, maxItems = MOST) @Nullable List<Item> decisions) {
    /** A page of the queue; each takes a transaction of its own, so that this many are done within a request's time. */
    static final int MOST = 100;

    /** One of them. */
    @Schema(name = "ApplicationDecisionInput")
    record Item(
            @Schema(examples = "app_01h455vb4pex5vsknk084sn02q", required = true) @Nullable String applicationId,
            @Schema(required = true) @Nullable Verb decision,
            @Schema(maxLength = 1000, description = "What the affiliate is told; only an approval needs none") @Nullable
                    String reason) {}

    /** What can be said of an application. */
    @Schema(name = "ApplicationVerb")
    public enum Verb {
        APPROVE,
        REJECT,
        REQUEST_INFO;

        /** The word in JSON. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        ApplicationDecision with(@Nullable String reason) {
            return switch (this) {
                case APPROVE -> ApplicationDecision.approve(reason, null, null);
                case REJECT -> ApplicationDecision.reject(reason);
                case REQUEST_INFO -> ApplicationDecision.requestInfo(reason);
            };
        }
    }

    /** One of them that can be carried out. */
    record Task(String shownId, UUID id, ApplicationDecision decision) {}

    /** All of them in order; throws a problem that names every field that cannot be so. */
    List<Task> tasks() {
        List<Item> items = decisions == null ? List.of() : decisions;
        FieldErrors errors = new FieldErrors()
                .require(!items.isEmpty(), "decisions", "required", "decisions are missing")
                .require(items.size() <= MOST, "decisions", "too_many", "At most " + MOST + " decisions");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < Math.min(items.size(), MOST); i++)
            check(items.get(i), "decisions[" + i + "].", seen, errors);
        errors.done();
        return items.stream().map(ApplicationDecisionsInput::task).toList();
    }

    private static void check(@Nullable Item item, String at, Set<String> seen, FieldErrors errors) {
        String id = item == null || item.applicationId == null ? "" : item.applicationId;
        errors.require(
                        TypeId.APPLICATION.parse(id).isPresent(),
                        at + "applicationId",
                        "malformed",
                        "applicationId starts with app_")
                .require(seen.add(id) || id.isEmpty(), at + "applicationId", "repeated", "One decision an application")
                .require(item != null && item.decision != null, at + "decision", "required", "decision is missing");
        if (item != null && item.decision != null)
            item.decision.with(item.reason).check(errors, at);
    }

    private static Task task(Item item) {
        if (item.applicationId == null || item.decision == null) throw new IllegalStateException("It was not checked");
        return new Task(
                item.applicationId,
                TypeId.APPLICATION.parse(item.applicationId).orElseThrow(),
                item.decision.with(item.reason));
    }
}
