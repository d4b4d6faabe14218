package dev.tributary.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps of a token's roles only those that tokens may have. An issuer's groups are named by others: one that is called like
 * a scope of API keys must not open what is meant for keys.
 */
@ApplicationScoped
class KnownRoles implements SecurityIdentityAugmentor {
    private static final Set<String> OF_TOKENS = Set.of("admin", "finance", "support", "affiliate");

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(OF_TOKENS.containsAll(identity.getRoles()) ? identity : with(identity));
    }

    private static SecurityIdentity with(SecurityIdentity identity) {
        Set<String> roles = new HashSet<>(identity.getRoles());
        roles.retainAll(OF_TOKENS);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addCredentials(identity.getCredentials())
                .addAttributes(identity.getAttributes())
                .addRoles(roles)
                .build();
    }
}
