/** Statistics and reports: every read that spans rooms. It reads any table and writes none. */
@NullMarked
package dev.tributary.analytics;

import org.jspecify.annotations.NullMarked;
