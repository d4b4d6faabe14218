/** The overview on paper: a period's figures with charts, for staff of a program or one affiliate. */
@NullMarked
package dev.tributary.analytics.overview;

import org.jspecify.annotations.NullMarked;
