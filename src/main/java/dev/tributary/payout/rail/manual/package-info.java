/** Payouts that a person carries out: they gather, leave in a file that a bank takes, and are settled or come back. */
@NullMarked
package dev.tributary.payout.rail.manual;

import org.jspecify.annotations.NullMarked;
