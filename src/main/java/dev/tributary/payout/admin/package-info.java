/** Payouts as staff see and decide them. */
@NullMarked
package dev.tributary.payout.admin;

import org.jspecify.annotations.NullMarked;
