package dev.tributary.payout;

import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is told downstream of payouts: {@code payout.requested}, {@code payout.approved} and so on for each state that one
 * enters, {@code payout.held} and {@code payout.let_go}, {@code payout.partly_returned}, {@code payout.overpaid}, and {@code
 * payout.alarm} for what people must hear of now, which the counter {@code tributary.payout.alarms} counts too.
 */
@ApplicationScoped
class PayoutEvents {
    private final Outbox outbox;
    private final Ids ids;
    private final MeterRegistry registry;

    PayoutEvents(Outbox outbox, Ids ids, MeterRegistry registry) {
        this.outbox = outbox;
        this.ids = ids;
        this.registry = registry;
        for (Effect.Alarm alarm : Effect.Alarm.values()) count(alarm, 0);
    }

    /** Of new ones. */
    Uni<Void> made(SqlConnection tx, List<NewPayout> made) {
        return outbox.append(
                tx,
                made.stream()
                        .map(each -> event(
                                each.payout(), each.payout().payout().state().word(), new JsonObject()))
                        .toList());
    }

    /** The payouts of all deeds are locked. */
    Uni<Void> tell(SqlConnection tx, List<Deed> deeds) {
        List<Event> events = new ArrayList<>();
        for (Deed deed : deeds) add(deed, events);
        return outbox.append(tx, events);
    }

    private void add(Deed deed, List<Event> events) {
        StoredPayout after = deed.after();
        for (Effect effect : deed.step().effects()) {
            if (effect instanceof Effect.Page page) {
                events.add(event(after, "alarm", new JsonObject().put("alarm", word(page.alarm()))));
                count(page.alarm(), 1);
            }
            if (effect instanceof Effect.Overpay over)
                events.add(event(after, "overpaid", new JsonObject().put("minor", over.net())));
            if (effect instanceof Effect.Return back && after.payout().state() instanceof PayoutState.Paid)
                events.add(event(after, "partly_returned", new JsonObject().put("minor", back.net())));
        }
        if (deed.movesHold()) events.add(event(after, after.payout().isHeld() ? "held" : "let_go", new JsonObject()));
        if (deed.movesState()) events.add(event(after, after.payout().state().word(), new JsonObject()));
    }

    static String word(Effect.Alarm alarm) {
        return alarm.name().toLowerCase(Locale.ROOT);
    }

    private void count(Effect.Alarm alarm, int more) {
        registry.counter("tributary.payout.alarms", "alarm", word(alarm)).increment(more);
    }

    private Event event(StoredPayout payout, String what, JsonObject payload) {
        Amounts amounts = payout.payout().amounts();
        payload.put("payoutId", TypeId.PAYOUT.format(payout.id()))
                .put("programId", TypeId.PROGRAM.format(payout.owner().programId()))
                .put("affiliateId", TypeId.AFFILIATE.format(payout.owner().affiliateId()))
                .put("rail", payout.rail())
                .put("status", payout.payout().state().word())
                .put("gross", new JsonObject().put("amount", amounts.gross()).put("currency", amounts.currency()))
                .put("net", new JsonObject().put("amount", amounts.net()).put("currency", amounts.currency()));
        return new Event(ids.next(), "payout." + what, payout.id(), payload);
    }
}
