package dev.tributary.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/**
 * Signs in whoever shows an API key as {@code Authorization: Bearer trk_...} or {@code tra_...}, and leaves every other
 * credential to the sign-in extension. Asked before it: what begins like a key must never be sent to an issuer. Keys in
 * query strings are not looked at, because addresses end up in logs.
 *
 * <p>A key that is unknown, revoked, expired or switched off is answered 401, all alike; 503 when it is not known here and
 * PostgreSQL is away.
 */
@ApplicationScoped
class KeyAuthentication implements HttpAuthenticationMechanism {
    private static final int BEFORE_TOKENS = HttpAuthenticationMechanism.DEFAULT_PRIORITY + 1_000;

    private final KeyCache keys;
    private final KeyUse use;
    private final Clock clock;

    KeyAuthentication(KeyCache keys, KeyUse use, Clock clock) {
        this.keys = keys;
        this.use = use;
        this.clock = clock;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String shown = Bearer.token(context.request().getHeader("Authorization"));
        if (shown == null || !Secret.isMeant(shown)) return Uni.createFrom().nullItem();
        Optional<Secret> secret = Secret.parse(shown);
        if (secret.isEmpty()) return Uni.createFrom().failure(KeyAuthentication::refused);
        return keys.find(new KeyHash(secret.get().hash())).map(this::letIn);
    }

    private SecurityIdentity letIn(Optional<KnownKey> found) {
        KnownKey key =
                found.filter(known -> known.key().opensAt(clock.instant())).orElseThrow(KeyAuthentication::refused);
        use.note(key);
        return key.identity();
    }

    private static AuthenticationFailedException refused() {
        return new AuthenticationFailedException("No such key");
    }

    /** The sign-in extension's own challenge is the same. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom()
                .item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "api-key", "Bearer"));
    }

    @Override
    public int getPriority() {
        return BEFORE_TOKENS;
    }
}
