package dev.tributary.commission;

import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Carries out what staff decide about commissions, and writes the audit entry of each. */
@ApplicationScoped
class Decisions {
    private final CommissionRepository repository;
    private final CommissionQueries queries;
    private final Posting posting;
    private final Changes changes;
    private final Clock clock;

    Decisions(
            CommissionRepository repository, CommissionQueries queries, Posting posting, Changes changes, Clock clock) {
        this.repository = repository;
        this.queries = queries;
        this.posting = posting;
        this.changes = changes;
        this.clock = clock;
    }

    /** What became of each, in the order that was asked. */
    @Schema(name = "CommissionOutcomes")
    record Outcomes(List<Outcome> data) {
        Outcomes {
            data = List.copyOf(data);
        }
    }

    /** What became of one. */
    @Schema(name = "CommissionOutcome")
    record Outcome(
            @Schema(examples = "cms_01h455vb4pex5vsknk084sn02q") String id,
            @Schema(
                            examples = "changed",
                            enumeration = {"changed", "refused"})
                    String outcome,
            @Schema(examples = "conflict", nullable = true, description = "Where refused: the problem's code") @Nullable
                    String code,
            @Schema(
                            examples = "A commission that is paid cannot be held",
                            nullable = true,
                            description = "Where refused: why")
                    @Nullable
                    String detail) {}

    /** One; 404 and 409 as they are. */
    Uni<Change> one(SqlConnection tx, UUID id, Verb verb, String reason) {
        return all(tx, List.of(id), verb, reason).map(done -> {
            Problem refused = done.refused.get(id);
            if (refused != null) throw refused;
            return done.changes.get(0);
        });
    }

    /** Several; what is refused keeps none of the others back. The audit entries are written here. */
    Uni<Outcomes> some(SqlConnection tx, List<UUID> ids, Verb verb, String reason) {
        return all(tx, ids, verb, reason)
                .call(done -> Multi.createFrom()
                        .iterable(done.changes)
                        .onItem()
                        .transformToUniAndConcatenate(change -> changes.record(tx, change))
                        .collect()
                        .asList())
                .map(done -> new Outcomes(ids.stream()
                        .map(id -> outcome(id, done.refused.get(id)))
                        .toList()));
    }

    private static Outcome outcome(UUID id, @Nullable Problem refused) {
        String shown = TypeId.COMMISSION.format(id);
        return refused == null
                ? new Outcome(shown, "changed", null, null)
                : new Outcome(shown, "refused", refused.kind().code(), refused.getMessage());
    }

    private record Done(List<Change> changes, Map<UUID, Problem> refused) {}

    private Uni<Done> all(SqlConnection tx, List<UUID> ids, Verb verb, String reason) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<UUID, Problem> refused = new HashMap<>();
        List<Move> moves = new ArrayList<>();
        return repository.lock(tx, ids).chain(found -> {
            Map<UUID, Commission> byId = found.stream().collect(Collectors.toMap(Commission::id, c -> c));
            for (UUID id : ids) decide(id, byId.get(id), verb, now, reason, moves, refused);
            List<UUID> moved = moves.stream().map(move -> move.after().id()).toList();
            return queries.some(tx, moved)
                    .call(before -> posting.apply(tx, moves, Map.of(), reason.isEmpty() ? null : reason))
                    .chain(before -> queries.some(tx, moved).map(after -> changed(before, after, verb)))
                    .map(made -> new Done(made, refused));
        });
    }

    private static void decide(
            UUID id,
            @Nullable Commission found,
            Verb verb,
            Instant now,
            String reason,
            List<Move> moves,
            Map<UUID, Problem> refused) {
        try {
            if (found == null) throw Problem.notFound("Commission");
            moves.add(verb.on(found, now, reason));
        } catch (Problem problem) {
            refused.put(id, problem);
        }
    }

    private static List<Change> changed(List<BookedView.Line> before, List<BookedView.Line> after, Verb verb) {
        Map<UUID, BookedView> old =
                before.stream().collect(Collectors.toMap(BookedView.Line::id, BookedView.Line::view));
        return after.stream()
                .map(line -> new Change(
                        "commission." + verb.word(),
                        TypeId.COMMISSION,
                        line.id(),
                        Objects.requireNonNull(old.get(line.id())),
                        line.view()))
                .toList();
    }
}
