package dev.tributary.outbox;

import java.util.UUID;

/** The sixteenths into which aggregates are divided, so that each is delivered by one relay at a time. */
final class Slots {
    static final int COUNT = 16;

    private Slots() {}

    /** The same on every machine and version: it is stored. */
    static int of(UUID aggregate) {
        return Math.floorMod(aggregate.hashCode(), COUNT);
    }
}
