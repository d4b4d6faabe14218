/** Keeps personal data out of what operators see. */
@NullMarked
package dev.tributary.privacy;

import org.jspecify.annotations.NullMarked;
