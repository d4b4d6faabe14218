package dev.tributary.conversion;

import java.util.List;
import java.util.UUID;

/** A conversion with who is credited. */
public record Shown(Conversion conversion, List<Credit> credits) {
    public UUID id() {
        return conversion.id();
    }
}
