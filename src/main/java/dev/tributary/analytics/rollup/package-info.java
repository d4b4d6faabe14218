/**
 * Rollups: the figures of programs, affiliates and links, added up as clicks land and events come, and read by the SQL
 * functions {@code figures_*}. It writes the tables {@code rollup_*} and, of {@code click_hourly}, what is folded of each row.
 */
@NullMarked
package dev.tributary.analytics.rollup;

import org.jspecify.annotations.NullMarked;
