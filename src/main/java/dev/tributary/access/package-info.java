/** Who asks, and the answers that are given to a request asked twice. */
@NullMarked
package dev.tributary.access;

import org.jspecify.annotations.NullMarked;
