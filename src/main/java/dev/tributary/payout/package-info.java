/** Money out: who is paid, the states of a payout and what may happen in each, so that nobody is paid twice and nobody forgotten. */
@NullMarked
package dev.tributary.payout;

import org.jspecify.annotations.NullMarked;
