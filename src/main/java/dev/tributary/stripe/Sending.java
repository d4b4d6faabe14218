package dev.tributary.stripe;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The attempts of one call: whether there is another, after which pause, and what they came to in all. Pauses double up
 * to the sixteenfold, drawn between half and the whole, so that those that failed together do not return together.
 */
final class Sending<T> {
    /** Enough for a restart of anything on the way; what fails longer is the caller's to take up again. */
    static final int MOST_ATTEMPTS = 5;

    /** Where Stripe does not say when. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private final StripeCall<T> call;
    private final RandomGenerator random;
    private final long firstPauseMillis;
    private int attempts;
    private boolean doubt;

    Sending(StripeCall<T> call, RandomGenerator random, Duration firstPause) {
        this.call = call;
        this.random = random;
        this.firstPauseMillis = firstPause.toMillis();
    }

    /** How long to wait before another attempt; empty where there is none within the time that is left. */
    synchronized Optional<Duration> pause(Reply<T> reply, Duration left) {
        attempts++;
        doubt = reply.kind().doubtful() || doubt && !reply.kind().settles();
        if (!reply.kind().again() || attempts >= MOST_ATTEMPTS) return Optional.empty();
        Duration pause = reply.retryAfter() == null ? drawn() : reply.retryAfter();
        return pause.compareTo(left) < 0 ? Optional.of(pause) : Optional.empty();
    }

    private Duration drawn() {
        long whole = firstPauseMillis << (attempts - 1);
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }

    /** After the last attempt. */
    synchronized StripeAnswer<T> answer(Reply<T> last) {
        Reply.Kind kind = last.kind();
        if (last.value() != null) return new StripeAnswer.Done<>(last.value(), kind == Reply.Kind.REPLAYED);
        if (kind == Reply.Kind.REFUSED) return refused(last);
        if (doubt && call.key() != null) return new StripeAnswer.Unknown<>(kind == Reply.Kind.SPENT, last.told());
        if (kind == Reply.Kind.DENIED) return refused(last);
        return new StripeAnswer.NotNow<>(last.retryAfter() == null ? LATER : last.retryAfter(), last.told());
    }

    private static <T> StripeAnswer<T> refused(Reply<T> last) {
        return new StripeAnswer.Refused<>(last.status(), last.type(), last.code(), last.told());
    }

    /** When patience ended with an attempt under way, whose outcome nobody will hear. */
    StripeAnswer<T> givenUp() {
        String told = "Stripe did not answer in time";
        return call.key() == null ? new StripeAnswer.NotNow<>(LATER, told) : new StripeAnswer.Unknown<>(false, told);
    }
}
