package dev.tributary.conversion.track;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a postback shows: {@code trp_} and 256 random bits. Only its SHA-256 is kept, which is enough for so many. */
record PostbackToken(String text) {
    private static final String PREFIX = "trp_";
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    static PostbackToken make(RandomGenerator random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new PostbackToken(
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Whether a text has the form of one; what has not is nobody's, and no reason to ask the database. */
    static boolean fits(@Nullable String text) {
        return text != null && FORM.matcher(text).matches();
    }

    /** Of any text, also of none: the hash of what is no token is simply nobody's. */
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
