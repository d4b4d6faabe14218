package dev.tributary.payout;

import dev.tributary.payout.PayoutState.Ended;
import dev.tributary.payout.PayoutState.Paid;
import dev.tributary.payout.PayoutState.Sent;
import dev.tributary.payout.rail.Transfer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings state and books of a payout in line with what its provider tells. What is to be booked is the difference between what
 * the provider says is out and what the books say, so any order and number of the same tellings end alike.
 */
final class Settling {
    private final List<Effect> effects = new ArrayList<>();
    private Payout payout;

    private Settling(Payout payout) {
        this.payout = payout;
    }

    /** @param next when to ask again where the provider has not finished */
    static Step of(Payout payout, Instant next) {
        Settling settling = new Settling(payout);
        if (payout.state() instanceof Sent sent && !payout.transfers().isEmpty()) settling.end(sent, next);
        if (settling.payout.state() instanceof Ended) settling.correct();
        return new Step(settling.payout, settling.effects);
    }

    private void end(Sent sent, Instant next) {
        Transfers transfers = payout.transfers();
        if (transfers.any(Transfer.Status.DONE)) {
            effects.add(new Effect.Settle(payout.amounts()));
            payout = booked(
                    payout.in(sent.paid()),
                    payout.booked().settled(payout.amounts().net()));
        } else if (transfers.any(Transfer.Status.PENDING)) {
            payout = payout.in(sent.submitted(sent.attempts().known(next)));
        } else {
            effects.add(new Effect.Release(payout.amounts().gross()));
            payout = payout.in(sent.failed(transfers.failure()));
        }
    }

    private void correct() {
        Booked booked = payout.booked();
        long difference = payout.transfers().outMinor() - booked.outMinor();
        if (difference < 0) {
            Booked next = booked.returned(-difference);
            long withheld = payout.amounts().withheldWith(next.returned())
                    - payout.amounts().withheldWith(booked.returned());
            effects.add(new Effect.Return(booked.corrections(), -difference, booked.settled() == 0 ? 0 : withheld));
            payout = booked(payout, next);
        } else if (difference > 0) {
            effects.add(new Effect.Overpay(booked.corrections(), difference));
            effects.add(new Effect.Page(Effect.Alarm.OVERPAID));
            payout = booked(payout, booked.overpaid(difference));
        }
        if (payout.state() instanceof Paid paid && payout.transfers().outMinor() == 0)
            payout = payout.in(paid.returned());
    }

    private static Payout booked(Payout payout, Booked booked) {
        return new Payout(payout.id(), payout.amounts(), payout.hold(), payout.state(), payout.transfers(), booked);
    }
}
