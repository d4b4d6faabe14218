package dev.tributary.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The secret of an API key: a prefix that names its kind, and 256 random bits in base64url. */
record Secret(KeyOwner owner, String text) {
    private static final int BYTES = 32;
    /** 32 bytes in base64 without padding. */
    private static final int ENCODED = 43;
    /** The prefix and 6 characters, which leave 220 bits unknown. */
    private static final int HINT = 10;

    static Secret make(KeyOwner owner, RandomGenerator random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new Secret(
                owner, owner.prefix() + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** The secret, or empty where the text has not the form of one. */
    static Optional<Secret> parse(String text) {
        for (KeyOwner owner : KeyOwner.values()) {
            if (text.startsWith(owner.prefix()))
                return text.length() == owner.prefix().length() + ENCODED
                        ? Optional.of(new Secret(owner, text))
                        : Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether the text claims to be the secret of an API key, well formed or not. */
    static boolean isMeant(String text) {
        for (KeyOwner owner : KeyOwner.values()) if (text.startsWith(owner.prefix())) return true;
        return false;
    }

    String hint() {
        return text.substring(0, HINT);
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hint() + "...";
    }
}
