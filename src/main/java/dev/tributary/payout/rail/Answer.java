package dev.tributary.payout.rail;

import java.time.Duration;

/** What an attempt's reply means for its payout. */
public sealed interface Answer {
    /** Whether money may have moved, so that only a look-up, an event or a person knows. */
    boolean isDoubtful();

    /** Whether people must hear of it at once: it will not mend itself. */
    boolean alerts();

    /** The provider knows the payout. */
    record Known(Transfer transfer) implements Answer {
        @Override
        public boolean isDoubtful() {
            return false;
        }

        @Override
        public boolean alerts() {
            return false;
        }
    }

    /** Nothing was sent; the attempt may be made again. */
    record NotSent(String why) implements Answer {
        @Override
        public boolean isDoubtful() {
            return false;
        }

        @Override
        public boolean alerts() {
            return false;
        }
    }

    /** The provider says by a listed code that it did nothing and never will. Final unless an earlier attempt was doubtful. */
    record Refused(String code) implements Answer {
        @Override
        public boolean isDoubtful() {
            return false;
        }

        @Override
        public boolean alerts() {
            return false;
        }
    }

    /**
     * Nothing moved because our balance there does not suffice.
     *
     * @param replayed whether it is an earlier attempt's saved answer: asking again would bring the same
     */
    record OutOfFunds(String code, boolean replayed) implements Answer {
        @Override
        public boolean isDoubtful() {
            return false;
        }

        @Override
        public boolean alerts() {
            return true;
        }
    }

    /** An earlier attempt with this key is being carried out. */
    record InProgress() implements Answer {
        @Override
        public boolean isDoubtful() {
            return true;
        }

        @Override
        public boolean alerts() {
            return false;
        }
    }

    /** The key was used with another body: nothing more is sent. */
    record KeyReused(String code) implements Answer {
        @Override
        public boolean isDoubtful() {
            return true;
        }

        @Override
        public boolean alerts() {
            return true;
        }
    }

    /** Not the provider's say about this payout: our key is refused, or something else answered in its place. */
    record RailDown(int status, boolean isDoubtful) implements Answer {
        @Override
        public boolean alerts() {
            return true;
        }
    }

    /**
     * It may have been done or not.
     *
     * @param retryAfter how long the provider asks to be left alone
     * @param saved whether the provider would only repeat this answer, so that asking what became of it is all that helps
     */
    record Ambiguous(String why, Duration retryAfter, boolean saved) implements Answer {
        @Override
        public boolean isDoubtful() {
            return true;
        }

        @Override
        public boolean alerts() {
            return false;
        }
    }
}
