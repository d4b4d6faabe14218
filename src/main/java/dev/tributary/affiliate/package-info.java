/** Who the affiliates are and whether they may promote. */
@NullMarked
package dev.tributary.affiliate;

import org.jspecify.annotations.NullMarked;
