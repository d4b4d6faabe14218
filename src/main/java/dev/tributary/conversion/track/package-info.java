/** What a merchant's servers tell: events as they arrive, read and checked, and what they are answered. */
@NullMarked
package dev.tributary.conversion.track;

import org.jspecify.annotations.NullMarked;
