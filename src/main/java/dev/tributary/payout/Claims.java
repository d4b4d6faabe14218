package dev.tributary.payout;

import dev.tributary.crypto.MasterKey;
import dev.tributary.money.Money;
import dev.tributary.payout.PayoutState.Approved;
import dev.tributary.payout.PayoutState.Sent;
import dev.tributary.payout.PayoutState.Submitted;
import dev.tributary.payout.rail.Deadline;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * P3: takes payouts for which something is due, writes what follows, and answers what is to be done outside once that has
 * committed. What is claimed for sending is frozen here; whoever dies after this leaves an open attempt, which is looked up.
 */
@ApplicationScoped
class Claims {
    /** So long nobody else asks for the same look-up; asking twice would only be a waste. */
    private static final Duration LOOK_UP_WITHIN = Duration.ofMinutes(1);
    /** A rail without its settings is looked at again; a person is told by the alarm. */
    private static final Duration UNCONFIGURED_PAUSE = Duration.ofMinutes(15);

    private final PayoutRepository payouts;
    private final Clearances clearances;
    private final Deeds deeds;
    private final Transactions transactions;
    private final MasterKey master;
    private final Clock clock;

    Claims(
            PayoutRepository payouts,
            Clearances clearances,
            Deeds deeds,
            Transactions transactions,
            MasterKey master,
            Clock clock) {
        this.payouts = payouts;
        this.clearances = clearances;
        this.deeds = deeds;
        this.transactions = transactions;
        this.master = master;
        this.clock = clock;
    }

    /**
     * What was taken.
     *
     * @param taken how many payouts something was written for
     */
    record Taken(int taken, List<Errand> errands) {}

    /** What is written for one, and what somebody is sent out for after that. */
    private record Doing(Deed deed, Outside outside) {}

    private enum Outside {
        NOTHING,
        SEND,
        LOOK_UP
    }

    /** Takes at most so many of a rail. The deadline begins before the claim's own time is read, so it ends no later. */
    Uni<Taken> take(Rail rail, int limit) {
        Deadline deadline = Deadline.startingNow(System::nanoTime);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transactions.run(tx -> payouts.lockDue(tx, now, rail.name(), limit)
                .chain(due -> decide(tx, rail, due, now))
                .call(doing -> deeds.write(tx, doing.stream().map(Doing::deed).toList(), now))
                .map(doing -> new Taken(doing.size(), errands(doing, deadline))));
    }

    private Uni<List<Doing>> decide(SqlConnection tx, Rail rail, List<StoredPayout> due, Instant now) {
        Plan plan = new Plan(rail.traits());
        List<StoredPayout> toClear = new ArrayList<>();
        List<Doing> doing = new ArrayList<>();
        for (StoredPayout each : due) {
            Next next = plan.next(each.payout(), now);
            if (next instanceof Next.Send && !rail.configured())
                doing.add(later(each, now.plus(UNCONFIGURED_PAUSE), Outside.NOTHING));
            else if (next instanceof Next.Send && each.payout().state() instanceof Approved) toClear.add(each);
            else doing.add(goOn(each, next, now));
        }
        if (toClear.isEmpty()) return Uni.createFrom().item(doing);
        return clearances.of(tx, rail, toClear, now).map(cleared -> {
            for (Deed each : cleared) {
                boolean goes = each.step().payout().state() instanceof Submitted;
                doing.add(new Doing(each, goes ? Outside.SEND : Outside.NOTHING));
            }
            return doing;
        });
    }

    private static Doing goOn(StoredPayout payout, Next next, Instant now) {
        Payout then = payout.payout();
        if (next instanceof Next.Send send && !send.at().isAfter(now) && then.state() instanceof Sent)
            return new Doing(Deed.of(payout, then.submitAgain(now), "dispatch", "again"), Outside.SEND);
        if (next instanceof Next.GiveUpWaiting wait && !wait.at().isAfter(now))
            return new Doing(Deed.of(payout, then.lost(now), "dispatch", "no answer came"), Outside.NOTHING);
        if (next instanceof Next.LookUp look && !look.at().isAfter(now))
            return later(payout, now.plus(LOOK_UP_WITHIN), Outside.LOOK_UP);
        // the plan has changed with time: written, so that it is not found due again
        return later(payout, now, Outside.NOTHING);
    }

    private static Doing later(StoredPayout payout, Instant at, Outside outside) {
        return new Doing(new Deed(payout, Step.to(payout.payout()), "dispatch", "", Optional.of(at)), outside);
    }

    private List<Errand> errands(List<Doing> doing, Deadline deadline) {
        List<Errand> errands = new ArrayList<>();
        for (Doing each : doing) {
            Payout then = each.deed().step().payout();
            if (each.outside() == Outside.SEND)
                errands.add(new Errand.Send(
                        instruction(each.deed()),
                        ((Sent) then.state()).attempts().count(),
                        deadline));
            if (each.outside() == Outside.LOOK_UP)
                errands.add(new Errand.LookUp(
                        instruction(each.deed()),
                        then.transfers().list().stream().map(Transfer::id).toList()));
        }
        return errands;
    }

    private Instruction instruction(Deed deed) {
        StoredPayout payout = deed.before();
        Frozen frozen = payout.frozen().orElseThrow();
        Amounts amounts = payout.payout().amounts();
        return new Instruction(
                payout.id(),
                new Money(amounts.net(), amounts.currency()),
                frozen.destination(payout.id(), master),
                frozen.key(),
                frozen.body(payout.id(), master));
    }
}
