/** Payman: payments to payees, without keys and without look-ups. */
@NullMarked
package dev.tributary.payout.rail.payman;

import org.jspecify.annotations.NullMarked;
