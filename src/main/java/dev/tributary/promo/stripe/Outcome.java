package dev.tributary.promo.stripe;

import java.time.Duration;

/** What came of a step. */
sealed interface Outcome {
    /** What is known of Stripe now. */
    Known known();

    /** The next step may follow. */
    record Done(Known known) implements Outcome {}

    /** It is to be tried again, not before that. */
    record Later(Known known, Duration after, String why) implements Outcome {}

    /** Only another code, or somebody in Stripe's dashboard, can help. */
    record Never(Known known, String why) implements Outcome {}
}
