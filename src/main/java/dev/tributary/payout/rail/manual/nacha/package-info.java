/** The files that US banks take (NACHA), and those that they send back. */
@NullMarked
package dev.tributary.payout.rail.manual.nacha;

import org.jspecify.annotations.NullMarked;
