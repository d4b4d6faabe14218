package dev.tributary.commission;

import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What is told downstream of commissions: {@code commission.earned} of a new one, {@code commission.changed} afterwards. */
@ApplicationScoped
class CommissionEvents {
    /** As many as the outbox takes. */
    private static final int AT_ONCE = 1_000;

    private final Outbox outbox;
    private final Ids ids;

    CommissionEvents(Outbox outbox, Ids ids) {
        this.outbox = outbox;
        this.ids = ids;
    }

    /** The commissions of all moves are locked, or new. */
    Uni<Void> tell(SqlConnection tx, List<Move> moves) {
        List<Event> events = moves.stream().map(this::event).toList();
        Uni<Void> told = Uni.createFrom().voidItem();
        for (int from = 0; from < events.size(); from += AT_ONCE) {
            List<Event> part = events.subList(from, Math.min(events.size(), from + AT_ONCE));
            told = told.chain(() -> outbox.append(tx, part));
        }
        return told;
    }

    private Event event(Move move) {
        Commission c = move.after();
        JsonObject payload = new JsonObject()
                .put("commissionId", TypeId.COMMISSION.format(c.id()))
                .put("programId", TypeId.PROGRAM.format(c.programId()))
                .put("affiliateId", TypeId.AFFILIATE.format(c.member().affiliateId()))
                .put("rule", c.rule())
                .put("source", c.source().kind())
                .put("status", c.status().word())
                .put("amount", new JsonObject().put("amount", c.amountMinor()).put("currency", c.currency()));
        if (c.conversionId() != null) payload.put("conversionId", TypeId.CONVERSION.format(c.conversionId()));
        return new Event(ids.next(), move.made() ? "commission.earned" : "commission.changed", c.id(), payload);
    }
}
