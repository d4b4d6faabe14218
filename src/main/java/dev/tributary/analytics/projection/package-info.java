/** What is likely to be earned in this month and the next three, by what was earned before. */
@NullMarked
package dev.tributary.analytics.projection;

import org.jspecify.annotations.NullMarked;
