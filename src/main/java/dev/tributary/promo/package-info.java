/** Discount codes: what a buyer types at checkout; a namespace of its own beside that of links. */
@NullMarked
package dev.tributary.promo;

import org.jspecify.annotations.NullMarked;
