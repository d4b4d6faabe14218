package dev.tributary.id;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Mints UUIDv7 values (RFC 9562): 48 bits of milliseconds, then random bits that count up within a millisecond, so ids of
 * one process sort as they were made. A clock that jumps back makes ids smaller, never equal.
 */
@ApplicationScoped
public class Ids {
    private final TimeOrderedEpochFactory factory;

    Ids(Clock clock) {
        factory = TimeOrderedEpochFactory.builder().withClock(clock).build();
    }

    public UUID next() {
        return factory.create();
    }

    /** When the id was made, to the millisecond. */
    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(millisOf(id));
    }

    /** When the id was made, in milliseconds since 1970. */
    public static long millisOf(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }

    /** The smallest UUIDv7 value of a moment: the bound of a time range over ids. */
    public static UUID floor(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16 | 0x7000L, 0x8000_0000_0000_0000L);
    }
}
