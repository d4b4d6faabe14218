package dev.tributary.conversion;

import java.util.UUID;

/** What makes an event one for ever: the merchant's id of it, in one program. */
record EventKey(UUID programId, String externalId) implements Comparable<EventKey> {
    static EventKey of(Incoming event) {
        return new EventKey(event.programId(), event.externalId());
    }

    /** The one order in which rows are written, so that no two batches wait for each other in a circle. */
    @Override
    public int compareTo(EventKey other) {
        int programs = programId.compareTo(other.programId);
        return programs != 0 ? programs : externalId.compareTo(other.externalId);
    }
}
