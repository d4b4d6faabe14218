package dev.tributary.payout.rail.circle;

import java.util.UUID;

/** Circle insists on random UUIDs (version 4) as keys; ours are of another version. */
final class CircleKeys {
    private CircleKeys() {}

    /** The same bits under version 4: 122 of them stay, among them all that were random. */
    static UUID version4(UUID id) {
        long high = id.getMostSignificantBits() & ~0xF000L | 0x4000L;
        long low = id.getLeastSignificantBits() & ~(0xC0L << 56) | 0x80L << 56;
        return new UUID(high, low);
    }
}
