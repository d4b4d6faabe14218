package dev.tributary;

import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.util.Set;

/** Access tokens as the tests' issuer signs them. */
public final class Tokens {
    private Tokens() {}

    public static String of(String... roles) {
        return as("tester", roles);
    }

    /** The token of one account among others. */
    public static String as(String subject, String... roles) {
        return Jwt.issuer("https://issuer.test")
                .audience("tributary")
                .subject(subject)
                .groups(Set.of(roles))
                .expiresIn(Duration.ofMinutes(5))
                .sign();
    }
}
