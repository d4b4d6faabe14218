/** Transactions with deadlines, shared keys, row mapping. */
@NullMarked
package dev.tributary.postgres;

import org.jspecify.annotations.NullMarked;
