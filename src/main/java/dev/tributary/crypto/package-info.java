/** Keyed hashes and envelope encryption. */
@NullMarked
package dev.tributary.crypto;

import org.jspecify.annotations.NullMarked;
