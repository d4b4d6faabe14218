package dev.tributary.crypto;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The configured key that wraps every stored key: AES-256-GCM with a fresh 96-bit nonce before the ciphertext, and the
 * wrapped key's name as associated data, so that one row's ciphertext cannot stand in for another's (NIST SP 800-38D).
 *
 * <p>Without one ({@code tributary.crypto.master-key} unset) keys are stored as they are and a warning says so.
 */
@ApplicationScoped
public class MasterKey {
    private static final Logger LOG = Logger.getLogger(MasterKey.class);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Optional<SecretKeySpec> key;
    private final SecureRandom random = new SecureRandom();

    MasterKey(@ConfigProperty(name = "tributary.crypto.master-key") Optional<String> base64) {
        key = base64.map(MasterKey::parse);
        if (key.isEmpty()) LOG.warn("tributary.crypto.master-key is not set: keys in the database are not wrapped");
    }

    private static SecretKeySpec parse(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length != 32)
            throw new IllegalArgumentException("tributary.crypto.master-key must be 32 bytes in base64");
        return new SecretKeySpec(bytes, "AES");
    }

    public boolean present() {
        return key.isPresent();
    }

    /** Nonce and ciphertext of the material; {@code name} must be given again to unwrap. */
    public byte[] wrap(byte[] material, String name) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, material, name);
        return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    }

    /** The material again; a wrong master key or name is an {@link IllegalStateException}. */
    public byte[] unwrap(byte[] wrapped, String name) {
        byte[] nonce = Arrays.copyOf(wrapped, NONCE);
        return run(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(wrapped, NONCE, wrapped.length), name);
    }

    private byte[] run(int mode, byte[] nonce, byte[] input, String name) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key.orElseThrow(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored key does not fit tributary.crypto.master-key", e);
        }
    }
}
