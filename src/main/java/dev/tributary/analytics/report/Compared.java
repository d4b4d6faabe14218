package dev.tributary.analytics.report;

/** Sums of the days asked for, and of those before. */
record Compared(Figures now, Figures before) {}
