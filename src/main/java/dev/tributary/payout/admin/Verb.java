package dev.tributary.payout.admin;

import dev.tributary.payout.Payout;
import dev.tributary.payout.Step;
import dev.tributary.payout.rail.Traits;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.time.Instant;

/** What staff do about one payout, but for approving it. */
sealed interface Verb {
    /** What becomes of the payout; 409 where it cannot be done now. */
    Step on(Payout payout, Traits traits, Instant now);

    record Hold(String reason) implements Verb {
        @Override
        public Step on(Payout payout, Traits traits, Instant now) {
            return payout.hold(reason);
        }
    }

    record LetGo() implements Verb {
        @Override
        public Step on(Payout payout, Traits traits, Instant now) {
            if (!payout.isHeld()) throw new Problem(ProblemKind.CONFLICT, "This payout is not held");
            return payout.letGo();
        }
    }

    record Cancel(String reason) implements Verb {
        @Override
        public Step on(Payout payout, Traits traits, Instant now) {
            return payout.cancel(reason);
        }
    }

    record Settle(String transferId) implements Verb {
        @Override
        public Step on(Payout payout, Traits traits, Instant now) {
            return payout.settle(transferId, traits, now);
        }
    }

    record SendAgain() implements Verb {
        @Override
        public Step on(Payout payout, Traits traits, Instant now) {
            return payout.sendAgain(traits, now);
        }
    }

    record Fail(String reason) implements Verb {
        @Override
        public Step on(Payout payout, Traits traits, Instant now) {
            return payout.fail(reason, traits, now);
        }
    }
}
