package dev.tributary.access;

import io.quarkus.arc.Arc;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Principal;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
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

    private static final String HEADER = "X-Request-Id";
    private static final String REMEMBERED = "tributary.request-id";
    private static final String SYSTEM = "system";
    private static final String ANONYMOUS = "anonymous";

    private final SecurityIdentity identity;
    private final CurrentVertxRequest current;

    Caller(SecurityIdentity identity, CurrentVertxRequest current) {
        this.identity = identity;
        this.current = current;
    }

    /** {@code user}, {@code anonymous} or {@code system}. */
    public String kind() {
        if (request() == null) return SYSTEM;
        return identity.isAnonymous() ? ANONYMOUS : "user";
    }

    /** The subject of the caller's token; the kind itself where there is none. */
    public String id() {
        if (request() == null) return SYSTEM;
        if (identity.isAnonymous()) return ANONYMOUS;
        Principal principal = identity.getPrincipal();
        String subject = principal instanceof JsonWebToken token ? token.getSubject() : null;
        return subject == null ? principal.getName() : subject;
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
