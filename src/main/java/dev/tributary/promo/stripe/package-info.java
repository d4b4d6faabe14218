/**
 * Keeps discount codes in step with Stripe, and opens Checkout Sessions with them. A change of a code only marks it here;
 * {@link dev.tributary.promo.stripe.CouponSync} then takes step after step, with no transaction open, and what is known of
 * Stripe's side is written after each. Without a key of Stripe's nothing happens, and codes work here alone.
 */
@NullMarked
package dev.tributary.promo.stripe;

import org.jspecify.annotations.NullMarked;
