package dev.tributary.analytics.rollup;

import dev.tributary.conversion.ConversionEvents;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.EventHandler;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Notes that an aggregate is to be counted again. What it counts for is read when it is folded, so events that come twice,
 * late or in another order change nothing.
 */
@ApplicationScoped
class FactEvents implements EventHandler {
    /** What each event's aggregate is. Other events of the same rooms change no figure. */
    private static final Map<String, String> KINDS = Map.of(
            ConversionEvents.ACCEPTED,
            "conversion",
            ConversionEvents.REJECTED,
            "conversion",
            ConversionEvents.REFUNDED,
            "conversion",
            ConversionEvents.CHURNED,
            "referral",
            "commission.earned",
            "commission",
            "commission.changed",
            "commission",
            "payout.paid",
            "payout",
            "payout.returned",
            "payout",
            "payout.partly_returned",
            "payout");

    private final RollupRepository repository;
    private final Transactions transactions;
    private final FoldLoop loop;

    FactEvents(RollupRepository repository, Transactions transactions, FoldLoop loop) {
        this.repository = repository;
        this.transactions = transactions;
        this.loop = loop;
    }

    @Override
    public String consumer() {
        return "analytics.rollup";
    }

    @Override
    public Set<String> types() {
        return KINDS.keySet();
    }

    @Override
    public Uni<Void> handle(SqlConnection tx, Event event) {
        return handle(tx, List.of(event));
    }

    @Override
    public boolean takesMany() {
        return true;
    }

    @Override
    public Uni<Void> handle(SqlConnection tx, List<Event> events) {
        transactions.afterCommit(tx, loop::nudge);
        return repository.mark(
                tx,
                events.stream().map(Event::aggregateId).toList(),
                events.stream()
                        .map(event -> Objects.requireNonNull(KINDS.get(event.type())))
                        .toList());
    }
}
