/** What staff see and do: read conversions, enter them by hand, decide them once more. */
@NullMarked
package dev.tributary.conversion.admin;

import org.jspecify.annotations.NullMarked;
