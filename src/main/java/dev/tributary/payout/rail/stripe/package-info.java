/** Stripe Connect: transfers to connected accounts, and their reversals. */
@NullMarked
package dev.tributary.payout.rail.stripe;

import org.jspecify.annotations.NullMarked;
