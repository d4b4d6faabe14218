/** Dashboards: what staff and affiliates see first, each in one answer. */
@NullMarked
package dev.tributary.analytics.dashboard;

import org.jspecify.annotations.NullMarked;
