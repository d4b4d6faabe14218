/** Who gets credit for a conversion, with which weight, and why: one file a model, precedence, windows, decisions. */
@NullMarked
package dev.tributary.conversion.attribution;

import org.jspecify.annotations.NullMarked;
