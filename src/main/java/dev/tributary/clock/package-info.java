/** The real clock and random generator, so that everything else can be given others. */
@NullMarked
package dev.tributary.clock;

import org.jspecify.annotations.NullMarked;
