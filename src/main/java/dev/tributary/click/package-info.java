/** Clicks: the redirect, the journal that makes them durable, and the lander that moves them to PostgreSQL. */
@NullMarked
package dev.tributary.click;

import org.jspecify.annotations.NullMarked;
