package dev.tributary.program;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what staff decide: one application, or several, each in a transaction of its own, so that one that cannot be
 * approved keeps none of the others back.
 */
@ApplicationScoped
class ApplicationDecisions {
    private final ApplicationQueries queries;
    private final Applications applications;
    private final Changes changes;
    private final Caller caller;

    ApplicationDecisions(ApplicationQueries queries, Applications applications, Changes changes, Caller caller) {
        this.queries = queries;
        this.applications = applications;
        this.changes = changes;
        this.caller = caller;
    }

    /** What became of each, in the order that was asked. */
    @Schema(name = "ApplicationOutcomes")
    record Outcomes(List<Outcome> outcomes) {}

    /** What became of one. */
    @Schema(name = "ApplicationOutcome")
    record Outcome(
            @Schema(examples = "app_01h455vb4pex5vsknk084sn02q") String applicationId,
            @Schema(description = "Whether the decision was carried out") boolean done,
            @Schema(examples = "conflict", nullable = true, description = "The problem's code where it was not")
                    @Nullable
                    String code,
            @Schema(nullable = true) @Nullable String detail) {}

    Uni<Response> make(@Nullable String key, UUID id, ApplicationDecision decision) {
        return changes.make(key, decision, tx -> decide(tx, id, decision));
    }

    /**
     * One after the other. With an {@code Idempotency-Key} each decision has a key of its own, made of that one and of its
     * application: after a crash in between, the same request goes on where it stopped.
     */
    Uni<Outcomes> makeAll(@Nullable String key, ApplicationDecisionsInput input) {
        if (key != null) Idempotency.check(key);
        return Multi.createFrom()
                .iterable(input.tasks())
                .onItem()
                .transformToUniAndConcatenate(task -> one(key, task))
                .collect()
                .asList()
                .map(Outcomes::new);
    }

    private Uni<Outcome> one(@Nullable String key, ApplicationDecisionsInput.Task task) {
        return make(key == null ? null : task.shownId() + digest(key), task.id(), task.decision())
                .map(done -> new Outcome(task.shownId(), true, null, null))
                .onFailure(ApplicationDecisions::concernsOne)
                .recoverWithItem(failure -> refused(task, (Problem) failure));
    }

    /** A problem of this application; where PostgreSQL is away, for example, the whole request fails. */
    private static boolean concernsOne(Throwable failure) {
        return failure instanceof Problem problem && problem.kind().status() < ProblemKind.INTERNAL.status();
    }

    private static Outcome refused(ApplicationDecisionsInput.Task task, Problem problem) {
        return new Outcome(task.shownId(), false, problem.kind().code(), problem.getMessage());
    }

    private Uni<Change> decide(SqlConnection tx, UUID id, ApplicationDecision decision) {
        return queries.lock(tx, id)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Application")))
                .chain(old -> applications
                        .decide(tx, old.application(), decision, caller.id())
                        .chain(() -> queries.find(tx, id))
                        .map(now -> new Change(
                                "application." + decision.verb(),
                                TypeId.APPLICATION,
                                id,
                                ApplicationView.of(old),
                                ApplicationView.of(now.orElseThrow()))));
    }

    private static String digest(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII));
            return ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
