package dev.tributary.access;

import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.credential.Credential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in by access tokens, checked by the sign-in extension, and remembers for a minute those that were good:
 * checking the signature again costs more than most answers, and a page asks for several.
 *
 * <p>A token stays good until it expires, which is looked at each time. One whose signing key the issuer withdraws is
 * known here for a minute longer; a refused one is checked each time it comes.
 */
@ApplicationScoped
class TokenAuthentication implements HttpAuthenticationMechanism {
    /** After keys, before the extension's own. */
    private static final int PRIORITY = DEFAULT_PRIORITY + 500;

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    /** Some 20 MB with tokens of 2 kB; those who look at their figures in the same minute. */
    static final int MOST = 5_000;

    private final OidcAuthenticationMechanism oidc;
    private final Clock clock;
    private final Map<String, Known> known = Recent.atMost(MOST);

    TokenAuthentication(OidcAuthenticationMechanism oidc, Clock clock) {
        this.oidc = oidc;
        this.clock = clock;
    }

    /** Somebody let in, and until when without looking again. */
    private record Known(SecurityIdentity identity, Instant until) {}

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String token = Bearer.token(context.request().getHeader("Authorization"));
        if (token == null) return Uni.createFrom().nullItem();
        Known here = known.get(token);
        if (here != null && clock.instant().isBefore(here.until))
            return Uni.createFrom().item(here.identity);
        return oidc.authenticate(context, providers).invoke(identity -> remember(token, identity));
    }

    private void remember(String token, @Nullable SecurityIdentity identity) {
        if (identity == null || !(identity.getPrincipal() instanceof JsonWebToken claims)) return;
        Instant expires = Instant.ofEpochSecond(claims.getExpirationTime());
        Instant soon = clock.instant().plus(REMEMBERED);
        known.put(token, new Known(bare(identity), expires.isBefore(soon) ? expires : soon));
    }

    /** Without attributes, which hold on to the request. */
    private static SecurityIdentity bare(SecurityIdentity identity) {
        QuarkusSecurityIdentity.Builder bare = QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(identity.getRoles());
        for (Credential credential : identity.getCredentials()) bare.addCredential(credential);
        return bare.build();
    }

    /** The extension's own mechanism, which comes after this one, asks for credentials. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return oidc.getCredentialTypes();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom()
                .item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "token", "Bearer"));
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }
}
