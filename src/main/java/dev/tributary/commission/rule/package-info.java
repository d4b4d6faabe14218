/** The kinds of commission rules, one file each. */
@NullMarked
package dev.tributary.commission.rule;

import org.jspecify.annotations.NullMarked;
