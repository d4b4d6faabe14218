/** Tells rooms downstream of committed changes: appended with the change, delivered at least once, in order. */
@NullMarked
package dev.tributary.outbox;

import org.jspecify.annotations.NullMarked;
