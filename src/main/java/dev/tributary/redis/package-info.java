/** Bounded, time-limited access to Redis. */
@NullMarked
package dev.tributary.redis;

import org.jspecify.annotations.NullMarked;
