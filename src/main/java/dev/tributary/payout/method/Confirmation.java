package dev.tributary.payout.method;

import dev.tributary.crypto.KeyedHash;
import dev.tributary.postgres.SharedKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;

/**
 * The word by which the owner of an account says that a changed destination is meant: {@code pmc_} and 128 bits that only this
 * installation can compute, so that neither the database nor an event nor a log holds it. It is good for one method, until the
 * method is confirmed, replaced or too old.
 */
@ApplicationScoped
class Confirmation {
    private static final String PREFIX = "pmc_";
    private static final String PURPOSE = "payout.method.confirmation";

    private final SharedKeys keys;

    Confirmation(SharedKeys keys) {
        this.keys = keys;
    }

    /** Of a method that waits to be confirmed. */
    Uni<String> of(PayoutMethod method) {
        Instant until = Objects.requireNonNull(method.confirmUntil(), "nothing is to be confirmed");
        return keys.key(PURPOSE)
                .map(key -> new KeyedHash(key).of(method.id().toString(), until.toString()))
                .map(bits -> PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** In constant time, so that nobody finds it out byte by byte. */
    Uni<Boolean> fits(PayoutMethod method, String token) {
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        return of(method).map(right -> MessageDigest.isEqual(right.getBytes(StandardCharsets.UTF_8), given));
    }
}
