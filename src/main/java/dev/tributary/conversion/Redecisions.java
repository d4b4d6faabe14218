package dev.tributary.conversion;

import dev.tributary.conversion.attribution.Attributions;
import dev.tributary.conversion.attribution.Decision;
import dev.tributary.id.Ids;
import dev.tributary.outbox.Outbox;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides conversions once more: when a click lands late, and when staff ask. Each is locked meanwhile, gets the next
 * decision number where something changes, and stays as it is once a commission of it is no longer pending.
 */
@ApplicationScoped
class Redecisions {
    private final ConversionRepository conversions;
    private final Deciding deciding;
    private final Bindings bindings;
    private final Attributions attributions;
    private final DueRepository due;
    private final Nudges nudges;
    private final Outbox outbox;
    private final Credits credits;
    private final List<CommissionsFrozen> frozen;
    private final Ids ids;
    private final Clock clock;

    Redecisions(
            ConversionRepository conversions,
            Deciding deciding,
            Bindings bindings,
            Attributions attributions,
            DueRepository due,
            Nudges nudges,
            Outbox outbox,
            Credits credits,
            Instance<CommissionsFrozen> frozen,
            Ids ids,
            Clock clock) {
        this.conversions = conversions;
        this.deciding = deciding;
        this.bindings = bindings;
        this.attributions = attributions;
        this.due = due;
        this.nudges = nudges;
        this.outbox = outbox;
        this.credits = credits;
        this.frozen = frozen.stream().toList();
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What became of them.
     *
     * @param frozen those that stay as they are
     * @param changed those that are decided otherwise now
     */
    record Result(Set<UUID> frozen, List<Draft> changed) {}

    /** Those of the ids that there are; {@code affiliate}, where one is named, is credited whatever the evidence says. */
    Uni<Result> again(SqlConnection tx, List<UUID> ids, @Nullable UUID affiliate) {
        return conversions.lock(tx, ids).chain(locked -> frozen(tx, ids).chain(stay -> {
            Map<UUID, Conversion> open = locked.stream()
                    .filter(conversion -> !stay.contains(conversion.id()))
                    .collect(Collectors.toMap(Conversion::id, Function.identity()));
            List<Draft> drafts = locked.stream()
                    .filter(conversion -> open.containsKey(conversion.id()))
                    .map(conversion -> conversion.again(affiliate))
                    .toList();
            return deciding.decide(tx, drafts, (terms, draft, made) -> patience(open, draft, made))
                    .chain(decided -> bindings.bind(tx, decided))
                    .chain(settled -> store(tx, locked, open, settled))
                    .map(changed -> new Result(stay, changed));
        }));
    }

    /** No longer than it waits already. */
    private @Nullable Instant patience(Map<UUID, Conversion> open, Draft draft, Decision made) {
        Instant until = before(open, draft).waitingUntil();
        return made.clickMissing() && until != null && until.isAfter(clock.instant()) ? until : null;
    }

    private static Conversion before(Map<UUID, Conversion> open, Draft draft) {
        return Objects.requireNonNull(open.get(draft.id()));
    }

    private Uni<Set<UUID>> frozen(SqlConnection tx, List<UUID> ids) {
        return Multi.createFrom()
                .iterable(frozen)
                .onItem()
                .transformToUniAndConcatenate(asked -> asked.among(tx, ids))
                .collect()
                .in(HashSet<UUID>::new, Set::addAll)
                .map(Function.identity());
    }

    private Uni<List<Draft>> store(
            SqlConnection tx, List<Conversion> locked, Map<UUID, Conversion> open, List<Draft> settled) {
        return credits.of(tx, List.copyOf(open.keySet())).chain(credited -> {
            List<Draft> changed = settled.stream()
                    .filter(d -> changes(before(open, d), credited.getOrDefault(d.id(), List.of()), d))
                    .toList();
            return store(tx, locked, open, settled, changed);
        });
    }

    private Uni<List<Draft>> store(
            SqlConnection tx,
            List<Conversion> locked,
            Map<UUID, Conversion> open,
            List<Draft> settled,
            List<Draft> changed) {
        // What changes says itself how long it waits.
        Set<UUID> waiting = Stream.concat(changed.stream(), settled.stream().filter(d -> d.waitingUntil() != null))
                .map(Draft::id)
                .collect(Collectors.toSet());
        List<UUID> done = locked.stream()
                .map(Conversion::id)
                .filter(id -> !waiting.contains(id))
                .toList();
        // Computed again where it earned, or earns now.
        List<UUID> booked = changed.stream()
                .filter(d -> d.is(Status.ACCEPTED) || before(open, d).counts())
                .map(Draft::id)
                .toList();
        if (!booked.isEmpty()) nudges.after(tx);
        return conversions
                .waitNoMore(tx, done)
                .chain(() -> conversions.decide(tx, changed))
                .chain(() -> attributions.keep(
                        tx,
                        changed.stream()
                                .map(Draft::decision)
                                .filter(Objects::nonNull)
                                .toList()))
                .chain(() -> due.mark(tx, booked))
                .chain(() -> outbox.append(tx, events(changed).toList()))
                .replaceWith(changed);
    }

    private Stream<dev.tributary.outbox.Event> events(List<Draft> changed) {
        return changed.stream()
                .filter(draft -> !draft.is(Status.WAITING))
                .map(draft -> ConversionEvents.of(ids.next(), draft));
    }

    /** Whether a decision says anything new. */
    private static boolean changes(Conversion before, List<Credit> credited, Draft now) {
        if (now.is(Status.ACCEPTED))
            return !before.counts() || !Set.copyOf(credited).equals(Set.copyOf(now.credits()));
        return before.status() != now.status() || before.reason() != now.reason();
    }
}
