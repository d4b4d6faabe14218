package dev.tributary.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.crypto.KeyedHash;
import dev.tributary.postgres.SharedKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Map;

/**
 * Stands in for a request that holds numbers of a person, where a request is remembered by its hash: of nine digits among known
 * text a plain hash is found out by trying, a keyed one is not.
 */
@ApplicationScoped
public class RequestDigest {
    private static final String PURPOSE = "access.request";

    private final SharedKeys keys;
    private final Fingerprint fingerprint;

    RequestDigest(SharedKeys keys, ObjectMapper mapper) {
        this.keys = keys;
        fingerprint = new Fingerprint(mapper);
    }

    /** The same for the same request, for {@code Idempotency} to compare. */
    public Uni<Map<String, String>> of(Object request) {
        String plain = HexFormat.of().formatHex(fingerprint.of("", request));
        return keys.key(PURPOSE)
                .map(key -> HexFormat.of().formatHex(new KeyedHash(key).of(plain)))
                .map(hash -> Map.of("digest", hash));
    }
}
