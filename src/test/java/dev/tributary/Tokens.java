package dev.tributary;

import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Access tokens as the tests' issuer signs them. A signature takes the processor longer than the request that it is for, so a
 * token serves whoever asks for the same in the next minutes.
 */
public final class Tokens {
    private static final Duration VALID = Duration.ofMinutes(5);
    private static final Duration SERVES = Duration.ofMinutes(2);
    private static final Map<String, Signed> SIGNED = new ConcurrentHashMap<>();

    private Tokens() {}

    private record Signed(String token, Instant until) {}

    public static String of(String... roles) {
        return as("tester", roles);
    }

    /** The token of one account among others. */
    public static String as(String subject, String... roles) {
        Set<String> groups = new TreeSet<>(Set.of(roles));
        return SIGNED.compute(subject + groups, (key, known) -> {
                    Instant now = Instant.now();
                    if (known != null && known.until().isAfter(now)) return known;
                    return new Signed(sign(subject, groups), now.plus(SERVES));
                })
                .token();
    }

    private static String sign(String subject, Set<String> roles) {
        return Jwt.issuer("https://issuer.test")
                .audience("tributary")
                .subject(subject)
                .groups(roles)
                .expiresIn(VALID)
                .sign("privateKey.pem");
    }
}
