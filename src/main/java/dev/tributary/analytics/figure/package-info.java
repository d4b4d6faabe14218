/** Figures as dashboards, insights, projections and printed reports read them: of whom, of which days, by what. */
@NullMarked
package dev.tributary.analytics.figure;

import org.jspecify.annotations.NullMarked;
