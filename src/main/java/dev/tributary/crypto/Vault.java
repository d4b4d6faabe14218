package dev.tributary.crypto;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where fields are sealed that nobody may read at rest: tax forms, bank details. Each has a data key of its own, which the
 * {@link MasterKey} wraps, so that a change of the master key leaves the fields as they are and wraps 32 bytes anew; the name of
 * the row is bound to both, so that one row's field cannot stand in for another's.
 *
 * <p>Layout: a version byte, the wrapped data key (60 bytes), then nonce, ciphertext and tag of the field. Deleting the field
 * deletes its only key.
 */
@ApplicationScoped
public class Vault {
    /** A tax form with every field at its longest is some 5 KB. */
    public static final int MOST_BYTES = 65_536;

    private static final byte VERSION = 1;
    private static final int KEY = 32;
    private static final int WRAPPED = 12 + KEY + 16;

    private final MasterKey master;
    private final SecureRandom random = new SecureRandom();

    Vault(MasterKey master) {
        this.master = master;
    }

    /** Whether there is a master key: without one nothing is sealed, and so nothing may be taken that must be. */
    public boolean isOpen() {
        return master.present();
    }

    /** The name of the master key that seals now, to be kept beside what it sealed. */
    public String keyId() {
        return master.id();
    }

    /** @param name of the row and the field; must be given again to open */
    public byte[] seal(byte[] plain, String name) {
        if (plain.length > MOST_BYTES)
            throw new IllegalArgumentException("A field has at most " + MOST_BYTES + " bytes");
        byte[] key = new byte[KEY];
        random.nextBytes(key);
        byte[] wrapped = master.wrap(key, name);
        byte[] sealed = master.encrypt(aes(key), plain, name);
        return join(wrapped, sealed);
    }

    /** The field again; a wrong master key or name is an {@link IllegalStateException}. */
    public byte[] open(byte[] sealed, String name) {
        byte[] key = master.unwrap(wrapped(sealed), name);
        return MasterKey.decrypt(body(sealed), name, List.of(aes(key)))
                .orElseThrow(() -> new IllegalStateException("A sealed field is not what its row says"));
    }

    /** The same field under the present master key; empty where it is already. */
    public Optional<byte[]> rewrap(byte[] sealed, String name) {
        byte[] wrapped = wrapped(sealed);
        if (master.fits(wrapped, name)) return Optional.empty();
        return Optional.of(join(master.wrap(master.unwrap(wrapped, name), name), body(sealed)));
    }

    private static byte[] join(byte[] wrapped, byte[] sealed) {
        return ByteBuffer.allocate(1 + wrapped.length + sealed.length)
                .put(VERSION)
                .put(wrapped)
                .put(sealed)
                .array();
    }

    private static byte[] wrapped(byte[] sealed) {
        if (sealed.length <= 1 + WRAPPED || sealed[0] != VERSION)
            throw new IllegalStateException("A sealed field has an unknown form");
        return Arrays.copyOfRange(sealed, 1, 1 + WRAPPED);
    }

    private static byte[] body(byte[] sealed) {
        return Arrays.copyOfRange(sealed, 1 + WRAPPED, sealed.length);
    }

    private static SecretKeySpec aes(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }
}
