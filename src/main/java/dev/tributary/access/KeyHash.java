package dev.tributary.access;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The hash of a secret as the key of a map; compared in a time that does not depend on where two differ. */
final class KeyHash {
    private final byte[] bytes;

    KeyHash(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyHash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(bytes).getInt();
    }
}
