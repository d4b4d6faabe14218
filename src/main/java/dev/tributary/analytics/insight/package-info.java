/** Insights: what stands out in the figures, each found by a rule that says why it is no chance. One file a rule. */
@NullMarked
package dev.tributary.analytics.insight;

import org.jspecify.annotations.NullMarked;
