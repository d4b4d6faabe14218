package dev.tributary.access;

import org.jspecify.annotations.Nullable;

/** The answer a request got, with the hash of that request. */
record StoredAnswer(byte[] requestHash, int status, @Nullable String location, @Nullable String body) {
    /** Whose key, and the key. */
    record Key(String owner, String key) {}
}
