package dev.tributary.payout;

import java.util.Locale;

/**
 * Where a payout stands. A transition is a method of the state that it leaves, and answers the state that it enters; what is
 * not there cannot happen.
 *
 * <pre>
 * requested -> approved -> submitted -> paid -> returned
 *     \-> canceled  \-> canceled   |-> failed
 *                                  |-> unknown -> paid | failed | submitted
 * </pre>
 */
public sealed interface PayoutState {
    /** The word in JSON and in the database. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Whether its reservation stands in the books. */
    boolean isLive();

    /** Whether amount, destination, body and key can never change again. */
    boolean isFrozen();

    boolean mayApprove();

    /** Whether it can be stopped without asking anybody outside, for good or for a while. */
    boolean mayStop();

    boolean maySubmit();

    /** Nothing was sent yet. */
    sealed interface Waiting extends PayoutState {
        @Override
        default boolean isLive() {
            return true;
        }

        @Override
        default boolean isFrozen() {
            return false;
        }

        @Override
        default boolean mayStop() {
            return true;
        }

        default Canceled canceled(String reason) {
            return new Canceled(reason);
        }
    }

    /** It may be under way. */
    sealed interface Sent extends PayoutState {
        Attempts attempts();

        @Override
        default boolean isLive() {
            return true;
        }

        @Override
        default boolean isFrozen() {
            return true;
        }

        @Override
        default boolean mayApprove() {
            return false;
        }

        @Override
        default boolean mayStop() {
            return false;
        }

        @Override
        default boolean maySubmit() {
            return false;
        }

        default Paid paid() {
            return new Paid();
        }

        default Failed failed(String reason) {
            return new Failed(reason);
        }

        /** The same key and body once more, or the provider was found to have it. */
        default Submitted submitted(Attempts next) {
            return new Submitted(next);
        }

        default Unknown unknown(Attempts next) {
            return new Unknown(next);
        }
    }

    /** Nothing goes on by itself. */
    sealed interface Ended extends PayoutState {
        @Override
        default boolean isLive() {
            return false;
        }

        @Override
        default boolean mayApprove() {
            return false;
        }

        @Override
        default boolean mayStop() {
            return false;
        }

        @Override
        default boolean maySubmit() {
            return false;
        }
    }

    /** Reserved, and waiting for a decision. */
    record Requested() implements Waiting {
        @Override
        public boolean mayApprove() {
            return true;
        }

        @Override
        public boolean maySubmit() {
            return false;
        }

        Approved approved() {
            return new Approved();
        }
    }

    /** To be sent as soon as somebody gets to it. */
    record Approved() implements Waiting {
        @Override
        public boolean mayApprove() {
            return false;
        }

        @Override
        public boolean maySubmit() {
            return true;
        }

        Submitted submitted(Attempts first) {
            return new Submitted(first);
        }
    }

    /** Claimed for sending, or with the provider: the same key only, for ever. */
    record Submitted(Attempts attempts) implements Sent {}

    /** It may have been carried out; only the provider or a person knows. */
    record Unknown(Attempts attempts) implements Sent {}

    /** It left. */
    record Paid() implements Ended {
        @Override
        public boolean isFrozen() {
            return true;
        }

        Returned returned() {
            return new Returned();
        }
    }

    /** It did not leave, and its money is available again. */
    record Failed(String reason) implements Ended {
        @Override
        public boolean isFrozen() {
            return true;
        }
    }

    /** Stopped before it was sent. */
    record Canceled(String reason) implements Ended {
        @Override
        public boolean isFrozen() {
            return false;
        }
    }

    /** It left and came back whole. */
    record Returned() implements Ended {
        @Override
        public boolean isFrozen() {
            return true;
        }
    }
}
