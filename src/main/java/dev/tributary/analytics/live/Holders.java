package dev.tributary.analytics.live;

import dev.tributary.access.ApiKey;
import dev.tributary.access.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Tells by what the caller of the current request looks: a key, a token, or a ticket that was made with either. */
@ApplicationScoped
class Holders {
    /** The attribute of an identity that holds whose ticket it showed. */
    static final String TICKET = "tributary.live-ticket";

    private final Caller caller;
    private final SecurityIdentity identity;

    Holders(Caller caller, SecurityIdentity identity) {
        this.caller = caller;
        this.identity = identity;
    }

    /** Fails with 403 where the account is bound to no affiliate. */
    Uni<Holder> current() {
        Holder ticket = identity.getAttribute(TICKET);
        if (ticket != null) return Uni.createFrom().item(ticket);
        Optional<ApiKey> key = caller.key();
        Instant ends = key.isPresent() ? key.get().expiresAt() : tokenEnds();
        return caller.affiliate().map(me -> new Holder(me, key.map(ApiKey::id).orElse(null), ends));
    }

    private @Nullable Instant tokenEnds() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getExpirationTime() > 0
                ? Instant.ofEpochSecond(token.getExpirationTime())
                : null;
    }
}
