/** Payouts as the affiliates who are paid see them, and ask for them. */
@NullMarked
package dev.tributary.payout.own;

import org.jspecify.annotations.NullMarked;
