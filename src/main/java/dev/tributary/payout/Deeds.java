package dev.tributary.payout;

import dev.tributary.audit.Audit;
import dev.tributary.id.TypeId;
import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Ledger;
import dev.tributary.payout.PayoutState.Canceled;
import dev.tributary.payout.PayoutState.Failed;
import dev.tributary.payout.PayoutState.Paid;
import dev.tributary.payout.PayoutState.Returned;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Rails;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Writes what becomes of payouts, whole or not at all: rows and transfers, history and tasks, what commissions become, what is
 * told and put on record, and last the entries in the books. Everything goes by the batch, a single change too.
 */
@ApplicationScoped
class Deeds {
    /** Three entries each at most, well below what the ledger takes. */
    static final int MOST = 500;

    private final PayoutRepository payouts;
    private final AttachmentRepository attachments;
    private final TrailRepository trail;
    private final PayoutEvents events;
    private final Audit audit;
    private final Ledger ledger;
    private final Rails rails;

    Deeds(
            PayoutRepository payouts,
            AttachmentRepository attachments,
            TrailRepository trail,
            PayoutEvents events,
            Audit audit,
            Ledger ledger,
            Rails rails) {
        this.payouts = payouts;
        this.attachments = attachments;
        this.trail = trail;
        this.events = events;
        this.audit = audit;
        this.ledger = ledger;
        this.rails = rails;
    }

    /** The payouts are locked by the caller's transaction, and each is in the list once. What is no news is left out. */
    Uni<Void> write(SqlConnection tx, List<Deed> all, Instant now) {
        List<Deed> deeds = all.stream().filter(Deed::isNews).toList();
        if (deeds.isEmpty()) return Uni.createFrom().voidItem();
        if (deeds.size() > MOST) throw new IllegalArgumentException("At most " + MOST + " payouts change at once");
        return rows(tx, deeds, now)
                .chain(() -> trail(tx, deeds, now))
                .chain(() -> commissions(tx, deeds, now))
                .chain(() -> record(tx, deeds))
                .chain(() -> ledger.post(tx, entries(deeds, now)))
                .replaceWithVoid();
    }

    private Uni<Void> rows(SqlConnection tx, List<Deed> deeds, Instant now) {
        JsonArray rows = new JsonArray();
        for (Deed deed : deeds) rows.add(PayoutRow.changed(deed, next(deed, now), now));
        return payouts.update(tx, rows, now).chain(() -> payouts.note(tx, deeds));
    }

    private Next next(Deed deed, Instant now) {
        return new Plan(rail(deed).traits()).next(deed.step().payout(), now);
    }

    private Rail rail(Deed deed) {
        return rails.get(deed.before().rail());
    }

    private Uni<Void> trail(SqlConnection tx, List<Deed> deeds, Instant now) {
        List<TrailRepository.Line> lines = new ArrayList<>();
        List<TrailRepository.Task> tasks = new ArrayList<>();
        List<TrailRepository.Standing> standing = new ArrayList<>();
        for (Deed deed : deeds) {
            if (deed.isEvent()) lines.add(line(deed));
            Ask ask = next(deed, now) instanceof Next.AskPerson person ? person.ask() : null;
            standing.add(new TrailRepository.Standing(deed.before().id(), ask, deed.actor()));
            if (ask != null) tasks.add(new TrailRepository.Task(deed.before().id(), ask.word(), deed.why()));
            alarms(deed).forEach(tasks::add);
        }
        return trail.tell(tx, lines, now)
                .chain(() -> trail.close(tx, standing, now))
                .chain(() -> trail.open(tx, tasks.stream().distinct().toList(), now));
    }

    private static TrailRepository.Line line(Deed deed) {
        return new TrailRepository.Line(
                deed.before().id(),
                deed.before().payout().state().word(),
                deed.step().payout().state().word(),
                deed.why(),
                deed.actor());
    }

    /** What no question of the plan stands for, and still nobody but a person can clear up. */
    private static List<TrailRepository.Task> alarms(Deed deed) {
        List<TrailRepository.Task> tasks = new ArrayList<>();
        for (Effect effect : deed.step().effects())
            if (effect instanceof Effect.Page page && page.alarm().needsPerson())
                tasks.add(new TrailRepository.Task(deed.before().id(), PayoutEvents.word(page.alarm()), deed.why()));
        return tasks;
    }

    private Uni<Void> commissions(SqlConnection tx, List<Deed> deeds, Instant now) {
        List<UUID> paid = entering(deeds, Paid.class::isInstance);
        List<UUID> gone = entering(
                deeds, state -> state instanceof Failed || state instanceof Canceled || state instanceof Returned);
        return attachments.paid(tx, paid, now).chain(() -> attachments.detach(tx, gone));
    }

    private static List<UUID> entering(List<Deed> deeds, Predicate<PayoutState> which) {
        return deeds.stream()
                .filter(Deed::movesState)
                .filter(deed -> which.test(deed.step().payout().state()))
                .map(deed -> deed.before().id())
                .toList();
    }

    private Uni<Void> record(SqlConnection tx, List<Deed> deeds) {
        List<Audit.Note> notes = new ArrayList<>();
        for (Deed deed : deeds)
            if (deed.isEvent())
                notes.add(new Audit.Note(
                        "payout." + deed.step().payout().state().word(),
                        TypeId.PAYOUT,
                        deed.before().id(),
                        view(deed.before()).put("by", deed.actor()),
                        view(deed.after()).put("by", deed.actor()).put("why", deed.why())));
        return events.tell(tx, deeds).chain(() -> audit.record(tx, notes));
    }

    private static JsonObject view(StoredPayout payout) {
        Payout told = payout.payout();
        return new JsonObject()
                .put("status", told.state().word())
                .put("hold", told.hold())
                .put("grossMinor", told.amounts().gross())
                .put("netMinor", told.amounts().net())
                .put("currency", told.amounts().currency())
                .put("outMinor", told.booked().outMinor());
    }

    private List<Entry> entries(List<Deed> deeds, Instant now) {
        List<Entry> entries = new ArrayList<>();
        for (Deed deed : deeds) {
            PayoutEntries of = new PayoutEntries(
                    deed.before().id(), deed.before().purse(), rail(deed).clearing());
            entries.addAll(of.of(deed.step().effects(), now));
        }
        return entries;
    }

    /**
     * Writes new payouts and reserves what they are to bring. The balances of their enrollments are locked by the caller's
     * transaction; fails on the unique index where one has another payout under way.
     */
    Uni<Void> make(SqlConnection tx, List<NewPayout> made, String actor, Instant now) {
        if (made.isEmpty()) return Uni.createFrom().voidItem();
        JsonArray rows = new JsonArray();
        List<TrailRepository.Line> lines = new ArrayList<>();
        List<TrailRepository.Task> tasks = new ArrayList<>();
        List<Audit.Note> notes = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (NewPayout each : made) {
            StoredPayout payout = each.payout();
            Rail rail = rails.get(payout.rail());
            Next next = new Plan(rail.traits()).next(payout.payout(), now);
            String state = payout.payout().state().word();
            rows.add(PayoutRow.made(each, next, now));
            lines.add(new TrailRepository.Line(payout.id(), "", state, String.join(", ", payout.reasons()), actor));
            if (next instanceof Next.AskPerson person)
                tasks.add(new TrailRepository.Task(
                        payout.id(), person.ask().word(), String.join(", ", payout.reasons())));
            notes.add(new Audit.Note(
                    "payout." + state,
                    TypeId.PAYOUT,
                    payout.id(),
                    null,
                    view(payout).put("by", actor)));
            entries.add(new PayoutEntries(payout.id(), payout.purse(), rail.clearing())
                    .reserve(payout.payout().amounts().gross(), now));
        }
        return payouts.insert(tx, rows)
                .chain(() -> attachments.attach(
                        tx, made.stream().map(each -> each.payout().id()).toList()))
                .chain(() -> trail.tell(tx, lines, now))
                .chain(() -> trail.open(tx, tasks, now))
                .chain(() -> events.made(tx, made))
                .chain(() -> audit.record(tx, notes))
                .chain(() -> ledger.post(tx, entries))
                .replaceWithVoid();
    }
}
