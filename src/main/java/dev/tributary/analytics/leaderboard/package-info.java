/** How the affiliates of a program rank: computed by a job, read from memory, Redis and PostgreSQL in this order. */
@NullMarked
package dev.tributary.analytics.leaderboard;

import org.jspecify.annotations.NullMarked;
