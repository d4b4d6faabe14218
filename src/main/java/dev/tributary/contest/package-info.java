/** Contests: a time, what counts in it, and prizes for who is first; decided once and booked by a job. */
@NullMarked
package dev.tributary.contest;

import org.jspecify.annotations.NullMarked;
