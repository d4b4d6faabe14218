package dev.tributary.analytics.report;

import dev.tributary.analytics.figure.Figures;

/** Sums of the days asked for, and of those before. */
record Compared(Figures now, Figures before) {}
