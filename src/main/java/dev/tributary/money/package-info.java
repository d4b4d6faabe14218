/** Amounts of money: minor units and their currency. */
@NullMarked
package dev.tributary.money;

import org.jspecify.annotations.NullMarked;
