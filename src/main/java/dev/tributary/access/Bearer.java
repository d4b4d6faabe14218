package dev.tributary.access;

import org.jspecify.annotations.Nullable;

/** The token in an {@code Authorization: Bearer} header (RFC 6750). */
final class Bearer {
    private static final String SCHEME = "bearer ";

    private Bearer() {}

    /** Null where the header is missing or of another scheme; empty where nothing stands behind it. */
    static @Nullable String token(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : null;
    }
}
