/**
 * The public validation of discount codes: the codes in memory, over Redis, over PostgreSQL, and the limits that keep
 * strangers from finding out which codes there are.
 */
@NullMarked
package dev.tributary.promo.validate;

import org.jspecify.annotations.NullMarked;
