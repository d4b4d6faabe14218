/** Exports: whole tables, row by row, for whoever wants to work with them elsewhere. */
@NullMarked
package dev.tributary.analytics.export;

import org.jspecify.annotations.NullMarked;
