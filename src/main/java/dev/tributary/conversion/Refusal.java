package dev.tributary.conversion;

import java.util.UUID;

/** A conversion that a check does not let pass. */
public record Refusal(UUID conversionId, Reason reason) {}
