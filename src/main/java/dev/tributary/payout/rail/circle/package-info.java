/** Circle: payouts of USDC to addresses in its address book. */
@NullMarked
package dev.tributary.payout.rail.circle;

import org.jspecify.annotations.NullMarked;
