/** Imports of conversions from CSV: sent in parts or beside the command line, row by row, resumable. */
@NullMarked
package dev.tributary.conversion.imports;

import org.jspecify.annotations.NullMarked;
