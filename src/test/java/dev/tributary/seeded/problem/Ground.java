package dev.tributary.seeded.problem;

/** May be imported from below. */
public record Ground() {}
