package dev.tributary.promo;

import io.smallrye.mutiny.Uni;

/**
 * Whoever opens checkout sessions at a payment provider; found by CDI, and there may be none: who asks for a session is
 * then told that none can be opened.
 */
public interface CheckoutSessions {
    /** Whether it has what it needs to be asked, such as a key: otherwise nothing is reserved for a session. */
    boolean isSetUp();

    /**
     * Opens the session of a redemption. Asked again with the same redemption it answers the same session, so the
     * provider's idempotency key follows from the redemption's id. No transaction is open. Fails with a problem: 422 where
     * the provider refuses what the merchant asked for, 503 where it is away or nothing is known of its answer.
     */
    Uni<CheckoutSession> open(CheckoutRequest request);
}
