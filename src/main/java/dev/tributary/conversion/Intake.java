package dev.tributary.conversion;

import dev.tributary.conversion.attribution.Attributions;
import dev.tributary.id.Ids;
import dev.tributary.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The one path behind every door: decides a batch of events and stores what became of them, by a handful of statements
 * however many they are.
 *
 * <p>An event is one by the merchant's id of it. Of the same event told many times at once, one insert goes through; the
 * others find the row that it left and answer what became of it. All batches write conversions, then customers, each in
 * the order of their keys, so that none waits for another in a circle.
 */
@ApplicationScoped
class Intake {
    private final IntakeRepository conversions;
    private final Deciding deciding;
    private final Attributions attributions;
    private final Bindings bindings;
    private final Outbox outbox;
    private final Refunds refunds;
    private final Nudges nudges;
    private final ConversionMetrics metrics;
    private final Ids ids;
    private final Clock clock;

    Intake(
            IntakeRepository conversions,
            Deciding deciding,
            Attributions attributions,
            Bindings bindings,
            Outbox outbox,
            Refunds refunds,
            Nudges nudges,
            ConversionMetrics metrics,
            Ids ids,
            Clock clock) {
        this.conversions = conversions;
        this.deciding = deciding;
        this.attributions = attributions;
        this.bindings = bindings;
        this.outbox = outbox;
        this.refunds = refunds;
        this.nudges = nudges;
        this.metrics = metrics;
        this.ids = ids;
        this.clock = clock;
    }

    /** Answers one for each event, in their order. */
    Uni<List<Outcome>> take(SqlConnection tx, List<Incoming> events) {
        Batch batch = new Batch(events);
        return conversions.known(tx, batch.keys()).chain(known -> fresh(tx, batch.drafts(known, ids::next))
                .chain(stored -> answer(tx, batch, stored, known)));
    }

    private Uni<List<Draft>> fresh(SqlConnection tx, List<Draft> drafts) {
        if (drafts.isEmpty()) return Uni.createFrom().item(List.of());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return deciding.decide(tx, drafts, (terms, draft, made) -> terms.waitingUntil(draft.event(), made, now))
                .chain(decided -> store(tx, decided))
                .chain(stored -> bind(tx, stored))
                .call(settled -> tell(tx, settled))
                .call(settled -> refunds.settle(
                        tx,
                        settled.stream()
                                .map(draft -> EventKey.of(draft.event()))
                                .toList()));
    }

    /** Answers those that nobody else stored first, in the order in which they were told. */
    private Uni<List<Draft>> store(SqlConnection tx, List<Draft> drafts) {
        List<Draft> inOrder = drafts.stream()
                .sorted(Comparator.comparing(draft -> EventKey.of(draft.event())))
                .toList();
        return conversions
                .insert(tx, inOrder)
                .map(made -> drafts.stream().filter(d -> made.contains(d.id())).toList())
                .call(stored -> attributions.keep(
                        tx,
                        stored.stream()
                                .map(Draft::decision)
                                .filter(Objects::nonNull)
                                .toList()));
    }

    private Uni<List<Draft>> bind(SqlConnection tx, List<Draft> stored) {
        return bindings.bind(tx, stored)
                .call(settled -> conversions.reject(
                        tx,
                        settled.stream()
                                .filter(d -> d.reason() == Reason.DUPLICATE)
                                .toList()));
    }

    private Uni<Void> tell(SqlConnection tx, List<Draft> settled) {
        if (settled.stream().anyMatch(d -> d.is(Status.ACCEPTED))) nudges.after(tx);
        metrics.count(tx, settled);
        return outbox.append(
                tx,
                settled.stream()
                        .filter(d -> !d.is(Status.WAITING))
                        .map(draft -> ConversionEvents.of(ids.next(), draft))
                        .toList());
    }

    private Uni<List<Outcome>> answer(SqlConnection tx, Batch batch, List<Draft> stored, Map<EventKey, Known> known) {
        Set<EventKey> lost = new TreeSet<>(batch.keys());
        lost.removeAll(known.keySet());
        stored.forEach(draft -> lost.remove(EventKey.of(draft.event())));
        // A new statement sees what the insert ran into: it waited for that transaction to commit.
        return conversions.known(tx, lost).map(found -> {
            Map<EventKey, Known> all = new HashMap<>(known);
            all.putAll(found);
            return batch.outcomes(stored, all);
        });
    }
}
