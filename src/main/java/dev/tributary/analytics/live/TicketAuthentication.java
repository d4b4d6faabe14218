package dev.tributary.analytics.live;

import dev.tributary.id.TypeId;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Signs in whoever shows a ticket in the address of the one path that takes them, and only where there is no header: its role
 * opens nothing else. A ticket that was used, is too old or never was is answered 401, all alike.
 */
@ApplicationScoped
class TicketAuthentication implements HttpAuthenticationMechanism {
    /** The role of those who showed a ticket. */
    static final String ROLE = "live-ticket";

    static final String PARAMETER = "ticket";

    /** After keys and tokens, which are in the header. */
    private static final int PRIORITY = HttpAuthenticationMechanism.DEFAULT_PRIORITY + 250;

    private final Tickets tickets;

    TicketAuthentication(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        if (context.request().method() != HttpMethod.GET
                || !context.normalizedPath().equals(LiveResource.PATH)
                || context.request().headers().contains(HttpHeaders.AUTHORIZATION))
            return Uni.createFrom().nullItem();
        List<String> shown = context.queryParam(PARAMETER);
        if (shown.size() != 1) return Uni.createFrom().nullItem();
        return tickets.redeem(shown.get(0)).map(found -> found.map(TicketAuthentication::identity)
                .orElseThrow(() -> new AuthenticationFailedException("No such ticket")));
    }

    private static SecurityIdentity identity(Holder holder) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(TypeId.AFFILIATE.format(holder.affiliateId())))
                .addRole(ROLE)
                .addAttribute(Holders.TICKET, holder)
                .build();
    }

    /** The sign-in extension's own challenge serves. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.OTHER_HEADER, "ticket"));
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }
}
