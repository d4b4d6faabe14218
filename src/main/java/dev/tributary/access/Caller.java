package dev.tributary.access;

import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind the running work: the signed-in caller of the current request, or {@code system} outside requests.
 *
 * <p>Of a token only the subject is used, never the user name or e-mail address, because this text goes into audit
 * entries that outlive the person's account.
 */
@ApplicationScoped
public class Caller {
    /** What a proxy may hand on as a request id; anything else is replaced, so that it cannot forge log lines. */
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The attribute of an identity that holds its {@link ApiKey}. */
    static final String KEY = "tributary.api-key";

    private static final String HEADER = "X-Request-Id";
    private static final String REMEMBERED = "tributary.request-id";
    private static final String SYSTEM = "system";
    private static final String ANONYMOUS = "anonymous";

    private final SecurityIdentity identity;
    private final CurrentVertxRequest current;
    private final Principals principals;
    private final ClientAddress addresses;

    Caller(
            SecurityIdentity identity,
            CurrentVertxRequest current,
            Principals principals,
            @ConfigProperty(name = "tributary.click.trusted-proxies") Optional<List<String>> trustedProxies) {
        this.identity = identity;
        this.current = current;
        this.principals = principals;
        addresses = new ClientAddress(trustedProxies.orElse(List.of()));
    }

    /** {@code user}, {@code key}, {@code anonymous} or {@code system}. */
    public String kind() {
        if (request() == null) return SYSTEM;
        if (identity.isAnonymous()) return ANONYMOUS;
        return key().isPresent() ? "key" : "user";
    }

    /** The id of the caller's API key, else the subject of its token; the kind itself where there is neither. */
    public String id() {
        if (request() == null) return SYSTEM;
        if (identity.isAnonymous()) return ANONYMOUS;
        Optional<ApiKey> key = key();
        if (key.isPresent()) return TypeId.API_KEY.format(key.get().id());
        Principal principal = identity.getPrincipal();
        String subject = principal instanceof JsonWebToken token ? token.getSubject() : null;
        return subject == null ? principal.getName() : subject;
    }

    /** The API key that the request showed, if it showed one. */
    public Optional<ApiKey> key() {
        return request() == null ? Optional.empty() : Optional.ofNullable(identity.getAttribute(KEY));
    }

    /** Whose key the request showed, where it is one of this kind. */
    public Optional<UUID> keyOwner(KeyOwner owner) {
        return key().filter(key -> key.owner() == owner).map(ApiKey::ownerId);
    }

    /**
     * The affiliate behind the request: the owner of its key, else the one that the account of its token is bound to. Fails
     * with 403 where there is none.
     */
    public Uni<UUID> affiliate() {
        Optional<UUID> owner = keyOwner(KeyOwner.AFFILIATE);
        if (owner.isPresent()) return Uni.createFrom().item(owner.get());
        if (request() == null || !(identity.getPrincipal() instanceof JsonWebToken token))
            return Uni.createFrom().failure(Caller::unbound);
        return principals
                .affiliateOf(token.getIssuer(), token.getSubject())
                .map(found -> found.orElseThrow(Caller::unbound));
    }

    private static Problem unbound() {
        return new Problem(ProblemKind.FORBIDDEN, "This account is not bound to an affiliate");
    }

    public Set<String> roles() {
        return request() == null ? Set.of() : Set.copyOf(identity.getRoles());
    }

    /** The same for the whole request; {@code system} outside requests. */
    public String requestId() {
        RoutingContext request = request();
        if (request == null) return SYSTEM;
        String remembered = request.get(REMEMBERED);
        if (remembered != null) return remembered;
        String given = request.request().getHeader(HEADER);
        String id = isRequestId(given) ? given : UUID.randomUUID().toString();
        request.put(REMEMBERED, id);
        return id;
    }

    /** The method of the request; {@code system} outside requests. */
    public String method() {
        RoutingContext request = request();
        return request == null ? SYSTEM : request.request().method().name();
    }

    /** The path of the request in its one normal form, without query and trailing slash; empty outside requests. */
    public String path() {
        RoutingContext request = request();
        if (request == null) return "";
        String path = request.normalizedPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** The network from which the request came, /24 or /48, behind trusted proxies; empty outside requests. */
    public String network() {
        RoutingContext request = request();
        return request == null ? "" : ClientAddress.prefix(addresses.of(request.request()));
    }

    /** The whole address from which the request came, for evidence that is kept sealed; empty outside requests. */
    public String address() {
        RoutingContext request = request();
        return request == null ? "" : addresses.of(request.request());
    }

    /** Whether the request has this header, be it empty. */
    boolean sent(String header) {
        RoutingContext request = request();
        return request != null && request.request().headers().contains(header);
    }

    static boolean isRequestId(@Nullable String text) {
        return text != null && REQUEST_ID.matcher(text).matches();
    }

    private @Nullable RoutingContext request() {
        return Arc.container().requestContext().isActive() ? current.getCurrent() : null;
    }
}
