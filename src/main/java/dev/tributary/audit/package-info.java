/** Who did what to which object, before and after, kept by the transaction that did it. */
@NullMarked
package dev.tributary.audit;

import org.jspecify.annotations.NullMarked;
