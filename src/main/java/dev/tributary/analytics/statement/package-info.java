/** Statements: what an affiliate is owed in a program at both ends of a month, and every entry between. */
@NullMarked
package dev.tributary.analytics.statement;

import org.jspecify.annotations.NullMarked;
