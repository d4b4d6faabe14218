package dev.tributary.access;

/**
 * A new key with its secret, which exists nowhere else: it is shown to the owner once and never stored.
 *
 * @param secret what goes after {@code Authorization: Bearer}
 */
public record Issued(ApiKey key, String secret) {
    /** Without the secret, so that no log line can have it by accident. */
    @Override
    public String toString() {
        return "Issued[" + key.id() + "]";
    }
}
