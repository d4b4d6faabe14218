/** Lists: signed cursors, limits, CSV streaming. */
@NullMarked
package dev.tributary.page;

import org.jspecify.annotations.NullMarked;
