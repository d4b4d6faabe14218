package dev.tributary.seeded.click;

import dev.tributary.seeded.problem.Ground;
import dev.tributary.seeded.util.Anything;

/** One import that is right and one that is not. */
public record Downstream(Ground allowed, Anything[] forbidden) {}
