package dev.tributary.payout;

import dev.tributary.money.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * On which terms a program pays out, and whom it pays now.
 *
 * @param minimumMinor what must be available, unless a tier says otherwise
 * @param cooling how long a changed destination waits, so that its owner can object
 * @param verifiedPapersOnly whether somebody must have looked at a tax form before money goes
 */
public record PayoutTerms(long minimumMinor, Fees fees, Duration cooling, boolean verifiedPapersOnly) {
    /** Three days: over a weekend somebody reads the message that the destination was changed. */
    public static final Duration COOLING = Duration.ofHours(72);

    public PayoutTerms {
        if (minimumMinor < 0 || cooling.isNegative()) throw new IllegalArgumentException("Terms are not below 0");
    }

    /** Every reason against paying; none means that it is paid. */
    public List<Bar> bars(Candidate candidate, Instant now) {
        List<Bar> bars = new ArrayList<>();
        person(candidate, bars);
        money(candidate, bars);
        destination(candidate, now, bars);
        paper(candidate.paper(), bars);
        if (candidate.payoutOpen()) bars.add(Bar.PAYOUT_OPEN);
        return List.copyOf(bars);
    }

    private static void person(Candidate candidate, List<Bar> bars) {
        if (!candidate.standing().enrolled()) bars.add(Bar.NOT_ENROLLED);
        if (candidate.standing().suspended()) bars.add(Bar.SUSPENDED);
        if (candidate.standing().held()) bars.add(Bar.HELD);
        if (candidate.score().isHigh()) bars.add(Bar.HIGH_RISK);
    }

    private void money(Candidate candidate, List<Bar> bars) {
        long due = candidate.availableMinor();
        if (due <= 0) bars.add(Bar.NOTHING_DUE);
        else if (due < minimum(candidate)) bars.add(Bar.UNDER_MINIMUM);
        if (due > 0 && left(candidate) <= 0) bars.add(Bar.NOTHING_LEFT);
    }

    private void destination(Candidate candidate, Instant now, List<Bar> bars) {
        if (candidate.destination().isEmpty()) {
            bars.add(Bar.NO_METHOD);
            return;
        }
        Candidate.Destination to = candidate.destination().get();
        if (!to.ready()) bars.add(Bar.METHOD_NOT_READY);
        if (!to.currency().equals(candidate.currency())) bars.add(Bar.OTHER_CURRENCY);
        if (to.changedAt().filter(at -> now.isBefore(at.plus(cooling))).isPresent()) bars.add(Bar.COOLING);
    }

    private void paper(Candidate.Paper paper, List<Bar> bars) {
        if (paper == Candidate.Paper.EXPIRED) bars.add(Bar.TAX_FORM_EXPIRED);
        if (paper == Candidate.Paper.MISSING || paper == Candidate.Paper.GIVEN && verifiedPapersOnly)
            bars.add(Bar.TAX_FORM_MISSING);
    }

    /** The tier's where it has one, lower or higher than the program's. */
    public long minimum(Candidate candidate) {
        return candidate.tierMinimum() == null ? minimumMinor : candidate.tierMinimum();
    }

    private long left(Candidate candidate) {
        long gross = candidate.availableMinor();
        return gross - fees.of(gross) - Shares.of(gross, candidate.withheldBps());
    }

    /** How all that is available is divided; only for whom nothing bars. */
    public Amounts amounts(Candidate candidate) {
        long gross = candidate.availableMinor();
        return new Amounts(gross, fees.of(gross), Shares.of(gross, candidate.withheldBps()), candidate.currency());
    }
}
