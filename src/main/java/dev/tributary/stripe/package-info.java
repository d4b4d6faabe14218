/**
 * Both ways between Stripe and us. What Stripe tells: the signature check and the inbox, in which each event has one effect
 * ({@link dev.tributary.stripe.StripeEventHandler}). What we ask of it: {@link dev.tributary.stripe.StripeCalls}, which says
 * of each call whether it had its effect.
 */
@NullMarked
package dev.tributary.stripe;

import org.jspecify.annotations.NullMarked;
