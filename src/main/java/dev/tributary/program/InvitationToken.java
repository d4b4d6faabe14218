package dev.tributary.program;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What an invited person shows: {@code tri_} and 256 random bits. Only its SHA-256 is kept, which is enough for so many. */
record InvitationToken(String text) {
    private static final String PREFIX = "tri_";
    private static final int BYTES = 32;

    static InvitationToken make(RandomGenerator random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new InvitationToken(
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Of any text, also of none and of what is no token: the hash of those is simply nobody's. */
    static byte[] hash(@Nullable String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
