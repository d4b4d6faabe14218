/** Batch jobs: contract, runner, command line, schedule. */
@NullMarked
package dev.tributary.job;

import org.jspecify.annotations.NullMarked;
