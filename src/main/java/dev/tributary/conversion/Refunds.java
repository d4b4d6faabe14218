package dev.tributary.conversion;

import dev.tributary.conversion.RefundDraft.Sale;
import dev.tributary.conversion.RefundOutcome.Result;
import dev.tributary.id.Ids;
import dev.tributary.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Books money that goes back. The sales are locked first, in the order of their ids, so that any number of partial refunds
 * at once never gives back more than was paid.
 */
@ApplicationScoped
class Refunds {
    private final RefundRepository repository;
    private final DueRepository due;
    private final Nudges nudges;
    private final Outbox outbox;
    private final Ids ids;

    Refunds(RefundRepository repository, DueRepository due, Nudges nudges, Outbox outbox, Ids ids) {
        this.repository = repository;
        this.due = due;
        this.nudges = nudges;
        this.outbox = outbox;
        this.ids = ids;
    }

    /** Answers one for each refund, in their order; at most a thousand. */
    Uni<List<RefundOutcome>> take(SqlConnection tx, List<IncomingRefund> told) {
        if (told.size() > Conversions.MOST)
            throw new IllegalArgumentException("At most " + Conversions.MOST + " refunds at once");
        Map<EventKey, IncomingRefund> first = new LinkedHashMap<>();
        told.forEach(refund -> first.putIfAbsent(key(refund), refund));
        return repository
                .lockSales(tx, first.values().stream().map(Refunds::sale).collect(Collectors.toSet()))
                .chain(sales -> repository.known(tx, first.keySet()).chain(known -> book(
                                tx, drafts(first, known, sales))
                        .chain(stored -> answer(tx, told, known, stored))));
    }

    private List<RefundDraft> drafts(
            Map<EventKey, IncomingRefund> first, Map<EventKey, RefundOutcome> known, Map<EventKey, Sale> sales) {
        Map<EventKey, Sale> now = new HashMap<>(sales);
        List<RefundDraft> drafts = new ArrayList<>();
        first.forEach((key, refund) -> {
            if (!known.containsKey(key)) drafts.add(draft(ids.next(), refund, now, false));
        });
        return drafts;
    }

    private static RefundDraft draft(UUID id, IncomingRefund refund, Map<EventKey, Sale> now, boolean capped) {
        RefundDraft draft = RefundDraft.of(id, refund, now.get(sale(refund)), capped);
        if (draft.is(Result.BOOKED)) now.put(sale(refund), draft.sale());
        return draft;
    }

    /** Stores what stays and answers everything but what somebody else stored meanwhile. */
    private Uni<List<RefundDraft>> book(SqlConnection tx, List<RefundDraft> drafts) {
        return repository
                .insert(tx, drafts.stream().filter(RefundDraft::stays).toList())
                .map(made -> drafts.stream()
                        .filter(draft -> !draft.stays() || made.contains(draft.id()))
                        .toList())
                .call(stored -> apply(
                        tx, stored.stream().filter(d -> d.is(Result.BOOKED)).toList()));
    }

    private Uni<Void> apply(SqlConnection tx, List<RefundDraft> booked) {
        if (booked.isEmpty()) return Uni.createFrom().voidItem();
        List<RefundDraft> telling =
                booked.stream().filter(draft -> draft.known().counts()).toList();
        Set<UUID> changed = telling.stream().map(draft -> draft.known().id()).collect(Collectors.toSet());
        if (!changed.isEmpty()) nudges.after(tx);
        return repository
                .apply(tx, booked)
                .chain(() -> due.mark(tx, List.copyOf(changed)))
                .chain(() -> outbox.append(
                        tx,
                        telling.stream()
                                .map(draft -> ConversionEvents.refunded(ids.next(), draft))
                                .toList()));
    }

    private Uni<List<RefundOutcome>> answer(
            SqlConnection tx, List<IncomingRefund> told, Map<EventKey, RefundOutcome> known, List<RefundDraft> stored) {
        Map<EventKey, RefundDraft> mine = stored.stream().collect(Collectors.toMap(d -> key(d.told()), d -> d));
        Set<EventKey> lost = told.stream()
                .map(Refunds::key)
                .filter(key -> !known.containsKey(key) && !mine.containsKey(key))
                .collect(Collectors.toSet());
        return repository.known(tx, lost).map(found -> {
            Map<EventKey, RefundOutcome> all = new HashMap<>(known);
            all.putAll(found);
            Set<EventKey> seen = new HashSet<>();
            return told.stream()
                    .map(refund -> outcome(refund, mine, all, seen.add(key(refund))))
                    .toList();
        });
    }

    private static RefundOutcome outcome(
            IncomingRefund refund, Map<EventKey, RefundDraft> mine, Map<EventKey, RefundOutcome> known, boolean first) {
        RefundDraft draft = mine.get(key(refund));
        if (draft != null && first) return draft.outcome(draft.result());
        RefundOutcome found = draft == null ? known.get(key(refund)) : draft.outcome(draft.result());
        if (found == null) throw new IllegalStateException("A refund was neither stored nor known");
        boolean same = found.kind() == refund.kind()
                && found.saleExternalId().equals(refund.saleExternalId())
                && (refund.amount() == null
                        || found.amount() == null
                        || refund.amount().equals(found.amount()));
        return new RefundOutcome(
                found.id(),
                found.programId(),
                found.externalId(),
                found.saleExternalId(),
                found.kind(),
                same ? Result.REPEATED : Result.DIFFERENT,
                found.conversionId(),
                found.amount(),
                found.refunded(),
                found.saleStatus());
    }

    /** Books the refunds that came before their sales, of these sales; more than there is gives back what there is. */
    Uni<Integer> settle(SqlConnection tx, Collection<EventKey> sales) {
        if (sales.isEmpty()) return Uni.createFrom().item(0);
        return repository.lockWaiting(tx, sales).chain(waiting -> settle(tx, waiting));
    }

    /** The same of any sale, for refunds that were told at the very moment of their sale. */
    Uni<Integer> settleSome(SqlConnection tx, int limit) {
        return repository.lockWaiting(tx, limit).chain(waiting -> settle(tx, waiting));
    }

    private Uni<Integer> settle(SqlConnection tx, Map<UUID, IncomingRefund> waiting) {
        if (waiting.isEmpty()) return Uni.createFrom().item(0);
        return repository
                .lockSales(tx, waiting.values().stream().map(Refunds::sale).collect(Collectors.toSet()))
                .map(sales -> {
                    Map<EventKey, Sale> now = new HashMap<>(sales);
                    return waiting.entrySet().stream()
                            .map(entry -> draft(entry.getKey(), entry.getValue(), now, true))
                            .filter(draft -> draft.is(Result.BOOKED))
                            .toList();
                })
                .call(booked -> repository.found(tx, booked))
                .call(booked -> apply(tx, booked))
                .map(List::size);
    }

    private static EventKey key(IncomingRefund refund) {
        return new EventKey(refund.programId(), refund.externalId());
    }

    private static EventKey sale(IncomingRefund refund) {
        return new EventKey(refund.programId(), refund.saleExternalId());
    }
}
