/** The entry point; everything else lives in a room (see ARCHITECTURE.md). */
@NullMarked
package dev.tributary;

import org.jspecify.annotations.NullMarked;
