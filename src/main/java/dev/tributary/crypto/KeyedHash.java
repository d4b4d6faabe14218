package dev.tributary.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 of texts, cut to 128 bits (RFC 2104): enough against chance collisions among all visitors of a window, half
 * the space. Not safe for use by two threads at once.
 */
public final class KeyedHash {
    private static final int BYTES = 16;

    private final Mac mac;

    public KeyedHash(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The hash of the parts in order; a zero byte between them keeps ("ab","c") apart from ("a","bc"). */
    public byte[] of(String... parts) {
        for (String part : parts) {
            mac.update(part.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
        }
        return Arrays.copyOf(mac.doFinal(), BYTES);
    }
}
