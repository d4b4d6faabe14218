package dev.tributary.conversion.track;

import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import java.util.UUID;

/** A lead or a sale as a merchant tells it. */
interface EventInput {
    /** Longer ones are no code that anybody types. */
    int MOST_CODE = 64;

    /** The event, whole and within all bounds; a problem that names every wrong field otherwise. */
    Incoming incoming(EventFields fields, UUID program, Door door);
}
