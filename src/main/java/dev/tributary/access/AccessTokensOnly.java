package dev.tributary.access;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.Validator;
import org.jspecify.annotations.Nullable;

/**
 * Refuses tokens of the right issuer and with a good signature that were made for something else: an ID token tells an
 * application about its user (OpenID Connect Core, section 2), a refresh or log-out token serves the issuer alone. Called
 * by the sign-in extension for every token.
 */
@ApplicationScoped
@Unremovable
class AccessTokensOnly implements Validator {
    /** Keycloak names the purpose in {@code typ}. */
    private static final List<String> OTHER_PURPOSES = List.of("ID", "Refresh", "Offline", "Logout");

    private static final int SUBJECT_LENGTH = 255;

    /** Hashes of the other tokens of one answer: only ID tokens have them. */
    private static final List<String> OF_ID_TOKENS = List.of("at_hash", "c_hash", "s_hash");

    @Override
    public @Nullable String validate(JwtContext context) {
        boolean other =
                OTHER_PURPOSES.contains(String.valueOf(context.getJwtClaims().getClaimValue("typ")))
                        || OF_ID_TOKENS.stream().anyMatch(context.getJwtClaims()::hasClaim);
        if (other) return "This is not an access token";
        return namesSomebody(context.getJwtClaims().getClaimValue("sub")) ? null : "The subject names nobody";
    }

    /** Accounts are bound by it and audit entries name it: 1 to 255 ASCII characters (OpenID Connect Core, section 2). */
    static boolean namesSomebody(@Nullable Object subject) {
        return subject instanceof String text
                && !text.isBlank()
                && text.length() <= SUBJECT_LENGTH
                && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
