package dev.tributary.payout;

import java.time.Instant;
import java.util.Optional;

/**
 * One change of one payout that is to be written, with who did it and why.
 *
 * @param before as it was read under lock; what was frozen since stands in it
 * @param actor an account, or {@code run}, {@code dispatch}, {@code provider}, {@code reconcile}
 * @param why for the history; empty where the states say enough
 * @param notBefore when to look at it again, where that is later than its plan says
 */
public record Deed(StoredPayout before, Step step, String actor, String why, Optional<Instant> notBefore) {
    static final int MOST_REASON = 500;

    public Deed {
        if (why.length() > MOST_REASON) why = why.substring(0, MOST_REASON);
    }

    public static Deed of(StoredPayout before, Step step, String actor, String why) {
        return new Deed(before, step, actor, why, Optional.empty());
    }

    StoredPayout after() {
        return before.with(step.payout());
    }

    boolean movesState() {
        return !before.payout().state().word().equals(step.payout().state().word());
    }

    boolean movesHold() {
        return !before.payout().hold().equals(step.payout().hold());
    }

    /** Whether it is what froze the payout, though the provider's word ended it at once. */
    boolean isClaim() {
        return !before.payout().state().isFrozen() && step.payout().state().isFrozen();
    }

    /** Whether people want to read of it later: another state, a hold, one more attempt, money that moved. */
    boolean isEvent() {
        return movesState()
                || movesHold()
                || attempts(before.payout()) != attempts(step.payout())
                || isOrdered(step.payout()) && !isOrdered(before.payout())
                || !step.effects().isEmpty();
    }

    private static boolean isOrdered(Payout payout) {
        return payout.state() instanceof PayoutState.Sent sent
                && sent.attempts().ordered();
    }

    private static int attempts(Payout payout) {
        return payout.state() instanceof PayoutState.Sent sent ? sent.attempts().count() : 0;
    }

    /** Whether it is more than an answer that says what was known. */
    boolean isNews() {
        return !before.payout().equals(step.payout()) || !step.effects().isEmpty() || notBefore.isPresent();
    }
}
