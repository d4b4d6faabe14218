/** Reports, for staff over a program and for affiliates over their own part of it. They read the rollups' functions. */
@NullMarked
package dev.tributary.analytics.report;

import org.jspecify.annotations.NullMarked;
