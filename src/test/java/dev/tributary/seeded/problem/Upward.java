package dev.tributary.seeded.problem;

import dev.tributary.seeded.click.Downstream;

/** Breaks the order on purpose, so that the architecture test is seen to fail. */
record Upward(Downstream forbidden) {}
