package dev.tributary.payout.rail;

import dev.tributary.payout.rail.Reply.Body;
import java.time.Duration;
import java.util.Set;

/**
 * What replies mean at one provider. The rule behind each line: what is not surely nothing may be a payment.
 *
 * <p>The status is read before the body, because an error code inside a 401 or 404 is about our access, and before 400 only a
 * row of the payout itself is proof.
 */
public record Meaning(Traits traits) {
    /** About our access or our network, not about the payout. */
    private static final Set<Integer> ACCESS = Set.of(401, 403, 404, 407);
    /** Proxy authentication is asked for before anything is passed on. */
    private static final int PROXY = 407;

    public Answer of(Reply reply) {
        if (reply instanceof Reply.NotWritten nothing) return new Answer.NotSent(nothing.why());
        if (reply instanceof Reply.Silence silence) return doubt(silence.why());
        Reply.Answered answered = (Reply.Answered) reply;
        if (answered.status() >= 500) return overloaded(answered);
        if (answered.status() == 429) return overloaded(answered);
        if (answered.status() >= 400) return refused(answered);
        return answered.status() >= 200 && answered.status() < 300 && answered.body() instanceof Body.Row row
                ? new Answer.Known(row.transfer())
                : new Answer.RailDown(answered.status(), true);
    }

    private static Answer overloaded(Reply.Answered answered) {
        return new Answer.Ambiguous("status " + answered.status(), answered.retryAfter(), answered.replayed());
    }

    private Answer refused(Reply.Answered answered) {
        boolean readable = answered.body() instanceof Body.Failure;
        if (ACCESS.contains(answered.status()))
            return new Answer.RailDown(answered.status(), !readable && answered.status() != PROXY);
        if (answered.body() instanceof Body.Failure failure) return said(answered, failure.code());
        if (answered.body() instanceof Body.Row) return doubt("status " + answered.status() + " with a row");
        return new Answer.RailDown(answered.status(), true);
    }

    private Answer said(Reply.Answered answered, String code) {
        Traits.Codes codes = traits.codes();
        if (codes.keyReused().contains(code)) return new Answer.KeyReused(code);
        if (codes.inProgress().contains(code) || answered.status() == 409 && traits.isKeyed())
            return new Answer.InProgress();
        if (codes.outOfFunds().contains(code)) return new Answer.OutOfFunds(code, answered.replayed());
        if (codes.refused().contains(code)) return new Answer.Refused(code);
        return doubt("status " + answered.status() + ", code not listed");
    }

    private static Answer doubt(String why) {
        return new Answer.Ambiguous(why, Duration.ZERO, false);
    }
}
