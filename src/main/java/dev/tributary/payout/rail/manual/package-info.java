/** Payouts that a person carries out: files that a bank takes (NACHA), and what it sends back. */
@NullMarked
package dev.tributary.payout.rail.manual;

import org.jspecify.annotations.NullMarked;
