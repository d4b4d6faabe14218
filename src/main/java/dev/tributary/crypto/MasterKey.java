package dev.tributary.crypto;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The configured key that wraps every stored key: AES-256-GCM with a fresh 96-bit nonce before the ciphertext, and the
 * wrapped key's name as associated data, so that one row's ciphertext cannot stand in for another's (NIST SP 800-38D).
 *
 * <p>Without one ({@code tributary.crypto.master-key} unset) keys are stored as they are and a warning says so; what the
 * {@link Vault} keeps is not stored at all. Keys that went before ({@code tributary.crypto.previous-master-keys}) still unwrap
 * what they wrapped, until the job {@code rewrap} has wrapped it anew.
 */
@ApplicationScoped
public class MasterKey {
    private static final Logger LOG = Logger.getLogger(MasterKey.class);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    /** Enough to tell a handful of keys apart. */
    private static final int ID_BYTES = 4;

    private static final byte[] ID_DOMAIN = "tributary master key id".getBytes(StandardCharsets.UTF_8);

    private final Optional<SecretKeySpec> key;
    private final List<SecretKeySpec> previous;
    private final SecureRandom random = new SecureRandom();

    MasterKey(
            @ConfigProperty(name = "tributary.crypto.master-key") Optional<String> base64,
            @ConfigProperty(name = "tributary.crypto.previous-master-keys") Optional<List<String>> before) {
        key = base64.map(MasterKey::parse);
        previous = before.orElse(List.of()).stream().map(MasterKey::parse).toList();
        if (key.isEmpty()) LOG.warn("tributary.crypto.master-key is not set: keys in the database are not wrapped");
    }

    private static SecretKeySpec parse(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length != 32)
            throw new IllegalArgumentException("A key in tributary.crypto.* must be 32 bytes in base64");
        return new SecretKeySpec(bytes, "AES");
    }

    public boolean present() {
        return key.isPresent();
    }

    /** What tells this key from those before it, and nothing of the key: eight hexadecimal digits; empty without a key. */
    public String id() {
        return key.map(MasterKey::id).orElse("");
    }

    private static String id(SecretKeySpec key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ID_DOMAIN);
            return HexFormat.of().formatHex(digest.digest(key.getEncoded()), 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Nonce and ciphertext of the material; {@code name} must be given again to unwrap. */
    public byte[] wrap(byte[] material, String name) {
        return encrypt(key.orElseThrow(), material, name);
    }

    byte[] encrypt(SecretKeySpec by, byte[] plain, String name) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = run(Cipher.ENCRYPT_MODE, by, nonce, plain, name);
            return ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    /** The material again; where neither the key nor one before it fits, or the name, an {@link IllegalStateException}. */
    public byte[] unwrap(byte[] wrapped, String name) {
        return decrypt(wrapped, name, keys())
                .orElseThrow(() -> new IllegalStateException("A stored key does not fit tributary.crypto.master-key"));
    }

    /** Whether the present key wrapped it, not one before. */
    public boolean fits(byte[] wrapped, String name) {
        return decrypt(wrapped, name, key.stream().toList()).isPresent();
    }

    private List<SecretKeySpec> keys() {
        return Stream.concat(key.stream(), previous.stream()).toList();
    }

    /** By the first key that fits: a wrong one is found out by the tag, never by luck. */
    static Optional<byte[]> decrypt(byte[] sealed, String name, List<SecretKeySpec> keys) {
        if (sealed.length < NONCE + TAG_BITS / 8) return Optional.empty();
        byte[] nonce = Arrays.copyOf(sealed, NONCE);
        byte[] input = Arrays.copyOfRange(sealed, NONCE, sealed.length);
        for (SecretKeySpec each : keys) {
            try {
                return Optional.of(run(Cipher.DECRYPT_MODE, each, nonce, input, name));
            } catch (GeneralSecurityException e) {
                LOG.debugf("A key does not fit: %s", e.getMessage());
            }
        }
        return Optional.empty();
    }

    private static byte[] run(int mode, SecretKeySpec by, byte[] nonce, byte[] input, String name)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, by, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(input);
    }
}
