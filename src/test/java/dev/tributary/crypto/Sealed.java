package dev.tributary.crypto;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What an installation with a given master key would keep of a field, for tests that write rows of it. */
public final class Sealed {
    private Sealed() {}

    /** @param masterKey as the setting has it */
    public static byte[] of(String masterKey, String plain, String name) {
        return vault(masterKey).seal(plain.getBytes(StandardCharsets.UTF_8), name);
    }

    public static String keyId(String masterKey) {
        return vault(masterKey).keyId();
    }

    private static Vault vault(String masterKey) {
        return new Vault(new MasterKey(Optional.of(masterKey), Optional.of(List.of())));
    }
}
