/** The ways out for money: the contract of a rail, what its answers mean, and one package or file a rail. */
@NullMarked
package dev.tributary.payout.rail;

import org.jspecify.annotations.NullMarked;
