/** The load simulation: who clicks, on what, how often. Started by {@code load-tests/mix.sh}. */
package dev.tributary.load;
