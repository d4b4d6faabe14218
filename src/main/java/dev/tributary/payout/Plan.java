package dev.tributary.payout;

import dev.tributary.payout.PayoutState.Approved;
import dev.tributary.payout.PayoutState.Sent;
import dev.tributary.payout.PayoutState.Waiting;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.Transfer;
import java.time.Instant;

/**
 * What to do next with payouts on one rail. A payout that may have been carried out is looked up first; where the provider
 * has none it is sent again with the same key, but only while that key is surely known; all else is for a person.
 */
public record Plan(Traits traits) {
    public Next next(Payout payout, Instant now) {
        if (payout.state() instanceof Sent sent) return sent(payout, sent.attempts(), now);
        if (payout.isHeld()) return new Next.AskPerson(Ask.HELD);
        if (payout.state() instanceof Approved) return new Next.Send(now);
        return payout.state() instanceof Waiting ? new Next.AskPerson(Ask.APPROVE) : new Next.Nothing();
    }

    private Next sent(Payout payout, Attempts attempts, Instant now) {
        if (attempts.ordered()) return new Next.Send(attempts.notBefore());
        if (attempts.ask() != null && !canProve(attempts)) return new Next.AskPerson(attempts.ask());
        if (attempts.open()) return new Next.GiveUpWaiting(attempts.lostAt());
        if (payout.transfers().any(Transfer.Status.PENDING))
            return traits.follows() ? new Next.LookUp(attempts.notBefore()) : new Next.AskPerson(Ask.CONFIRM);
        return attempts.doubtful() ? inDoubt(attempts, now) : notDone(attempts, now);
    }

    /** What a person is asked is easier to answer once the provider was asked, which moves nothing. */
    private boolean canProve(Attempts attempts) {
        return attempts.ask() != Ask.MISMATCH && attempts.doubtful() && traits.looksUp() && !attempts.isProvenAbsent();
    }

    /** The attempts so far surely moved nothing. */
    private Next notDone(Attempts attempts, Instant now) {
        Instant at = later(attempts.notBefore(), attempts.sendNotAfter());
        if (!traits.isKeyed()) return new Next.Send(at);
        return attempts.mayRepeat(traits, later(at, now)) ? new Next.Send(at) : new Next.AskPerson(Ask.ABSENT);
    }

    private Next inDoubt(Attempts attempts, Instant now) {
        if (!traits.looksUp()) return unseen(attempts, now);
        if (attempts.absentAt() == null) return new Next.LookUp(later(attempts.notBefore(), attempts.sendNotAfter()));
        if (attempts.mayRepeat(traits, later(attempts.notBefore(), now))) return new Next.Send(attempts.notBefore());
        if (attempts.isProvenAbsent()) return new Next.AskPerson(Ask.ABSENT);
        return new Next.LookUp(later(attempts.notBefore(), attempts.provesFrom()));
    }

    private Next unseen(Attempts attempts, Instant now) {
        Instant at = later(attempts.notBefore(), attempts.sendNotAfter());
        return attempts.mayRepeat(traits, later(at, now)) ? new Next.Send(at) : new Next.AskPerson(Ask.DOUBT);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
