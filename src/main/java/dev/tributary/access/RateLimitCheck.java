package dev.tributary.access;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Carries out {@link RateLimited}: after sign-in and roles, before the operation's body is read. */
@Singleton
class RateLimitCheck {
    private final RateLimits limits;
    private final Caller caller;
    private final CurrentVertxRequest current;
    /** As many as there are limited operations. */
    private final Map<Method, RateLimited> rules = new ConcurrentHashMap<>();

    RateLimitCheck(RateLimits limits, Caller caller, CurrentVertxRequest current) {
        this.limits = limits;
        this.caller = caller;
        this.current = current;
    }

    @RateLimited
    @ServerRequestFilter
    public Uni<Void> check(ResourceInfo operation) {
        RateLimited rule = rules.computeIfAbsent(operation.getResourceMethod(), RateLimitCheck::rule);
        RoutingContext request = current.getCurrent();
        return limits.take(rule.policy(), subject(), rule.limit(), Duration.ofSeconds(rule.windowSeconds()))
                .invoke(told -> tell(request, told))
                .replaceWithVoid();
    }

    private static RateLimited rule(Method operation) {
        @Nullable RateLimited own = operation.getAnnotation(RateLimited.class);
        return own != null ? own : operation.getDeclaringClass().getAnnotation(RateLimited.class);
    }

    private String subject() {
        String kind = caller.kind();
        return kind.equals("anonymous") ? "net:" + caller.network() : kind + ":" + caller.id();
    }

    /** At the last moment: the answer may be rendered anywhere, as a problem for example. */
    private static void tell(RoutingContext request, RateLimit told) {
        request.addHeadersEndHandler(ready -> {
            HttpServerResponse response = request.response();
            response.putHeader(RateLimit.POLICY_HEADER, told.policyHeader());
            response.putHeader(RateLimit.HEADER, told.header());
            if (!told.allowed()) response.putHeader("Retry-After", Long.toString(told.resetSeconds()));
        });
        if (!told.allowed())
            throw new Problem(
                    ProblemKind.RATE_LIMITED,
                    "At most %d requests in %d seconds; try again in %d seconds"
                            .formatted(told.limit(), told.window().toSeconds(), told.resetSeconds()));
    }
}
