package dev.tributary.payout.admin;

import dev.tributary.access.Caller;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.payout.Approval;
import dev.tributary.payout.Deed;
import dev.tributary.payout.Payouts;
import dev.tributary.payout.StoredPayout;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Approves payouts for the caller, one or many in the same statements. An approval of somebody who may not count is refused,
 * not stored: whoever asked for a payout or chose where it goes. Where two people are asked for, the first leaves it waiting.
 */
@ApplicationScoped
class Approvals {
    /** Byte by byte; Java takes the first bit for a sign. */
    private static final Comparator<UUID> BY_DATABASE = Comparator.comparing(UUID::toString);

    private final ApprovalRepository repository;
    private final Payouts payouts;
    private final Partiality partiality;
    private final Changes changes;
    private final Caller caller;

    Approvals(ApprovalRepository repository, Payouts payouts, Partiality partiality, Changes changes, Caller caller) {
        this.repository = repository;
        this.payouts = payouts;
        this.partiality = partiality;
        this.changes = changes;
        this.caller = caller;
    }

    /** What became of each: approved by all who must, waiting for others, or refused. */
    record Result(Set<UUID> approved, Set<UUID> waiting, Map<UUID, Problem> refused) {
        static Result nothing() {
            return new Result(new HashSet<>(), new HashSet<>(), new HashMap<>());
        }

        void add(Result more) {
            approved.addAll(more.approved);
            waiting.addAll(more.waiting);
            refused.putAll(more.refused);
        }
    }

    /** What one caller's approval comes to, as far as it is sorted. */
    private final class Sorting {
        private final Map<UUID, StoredPayout> found;
        private final Map<UUID, Set<String>> partial;
        private final Map<UUID, Problem> refused = new HashMap<>();
        private final List<StoredPayout> good = new ArrayList<>();

        Sorting(List<UUID> asked, List<StoredPayout> locked, Map<UUID, Set<String>> partial) {
            found = locked.stream().collect(Collectors.toMap(StoredPayout::id, each -> each));
            this.partial = partial;
            asked.forEach(this::sort);
        }

        private void sort(UUID id) {
            try {
                StoredPayout payout = found.get(id);
                if (payout == null) throw Problem.notFound("Payout");
                payout.payout().approve();
                if (without(id).contains(caller.id()))
                    throw new Problem(
                            ProblemKind.FORBIDDEN,
                            "Somebody else must approve a payout that you asked for or whose destination you chose");
                good.add(payout);
            } catch (Problem problem) {
                refused.put(id, problem);
            }
        }

        Set<String> without(UUID id) {
            return partial.getOrDefault(id, Set.of());
        }
    }

    /** In the order of their ids, as every other transaction locks them, and as many at once as the engine writes at once. */
    Uni<Result> approve(SqlConnection tx, List<UUID> ids, String reason, Instant now) {
        List<UUID> sorted = ids.stream().sorted(BY_DATABASE).toList();
        List<List<UUID>> parts = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += Payouts.MOST)
            parts.add(sorted.subList(from, Math.min(sorted.size(), from + Payouts.MOST)));
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(part -> some(tx, part, reason, now))
                .collect()
                .in(Result::nothing, Result::add);
    }

    private Uni<Result> some(SqlConnection tx, List<UUID> ids, String reason, Instant now) {
        return payouts.lock(tx, ids)
                .chain(locked -> partiality.of(tx, locked).map(partial -> new Sorting(ids, locked, partial)))
                .chain(sorting -> count(tx, sorting, reason, now));
    }

    private Uni<Result> count(SqlConnection tx, Sorting sorting, String reason, Instant now) {
        List<UUID> ids = sorting.good.stream().map(StoredPayout::id).toList();
        return repository
                .add(tx, ids, caller.id(), now)
                .chain(() -> repository.of(tx, ids))
                .chain(approvers -> write(tx, sorting, approvers, reason, now));
    }

    private Uni<Result> write(
            SqlConnection tx, Sorting sorting, Map<UUID, Set<String>> approvers, String reason, Instant now) {
        List<Deed> deeds = new ArrayList<>();
        Set<UUID> approved = new HashSet<>();
        Set<UUID> waiting = new HashSet<>();
        for (StoredPayout each : sorting.good) {
            Approval asked = new Approval(each.people(), List.of());
            boolean given = asked.isGiven(approvers.getOrDefault(each.id(), Set.of()), sorting.without(each.id()));
            if (given) deeds.add(Deed.of(each, each.payout().approve(), caller.id(), reason));
            (given ? approved : waiting).add(each.id());
        }
        return note(tx, waiting, approvers)
                .chain(() -> payouts.write(tx, deeds))
                .replaceWith(() -> new Result(approved, waiting, sorting.refused));
    }

    /** What becomes approved is put on record where it is written; what still waits, here. */
    private Uni<Void> note(SqlConnection tx, Set<UUID> waiting, Map<UUID, Set<String>> approvers) {
        return Multi.createFrom()
                .iterable(waiting)
                .onItem()
                .transformToUniAndConcatenate(id -> changes.record(
                                tx,
                                new Change(
                                        "payout.first_approval",
                                        TypeId.PAYOUT,
                                        id,
                                        null,
                                        Map.of(
                                                "approvals",
                                                approvers
                                                        .getOrDefault(id, Set.of())
                                                        .size())))
                        .replaceWith(id))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
