/** Kills and stops the real servers and the packaged application under load, and counts every acknowledged click. */
@NullMarked
package dev.tributary.chaos;

import org.jspecify.annotations.NullMarked;
