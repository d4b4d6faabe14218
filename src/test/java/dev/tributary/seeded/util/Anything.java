package dev.tributary.seeded.util;

/** Stands in a package that is not a room. */
public record Anything() {}
