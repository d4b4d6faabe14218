/** Live earnings: what an affiliate earned today, this week or this month, pushed as it grows. */
@NullMarked
package dev.tributary.analytics.live;

import org.jspecify.annotations.NullMarked;
