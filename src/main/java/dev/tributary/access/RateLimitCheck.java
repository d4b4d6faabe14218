package dev.tributary.access;

import io.smallrye.mutiny.Uni;
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
    private final RequestLimits limits;
    private final Caller caller;
    /** As many as there are limited operations. */
    private final Map<Method, RateLimited> rules = new ConcurrentHashMap<>();

    RateLimitCheck(RequestLimits limits, Caller caller) {
        this.limits = limits;
        this.caller = caller;
    }

    @RateLimited
    @ServerRequestFilter
    public Uni<Void> check(ResourceInfo operation) {
        RateLimited rule = rules.computeIfAbsent(operation.getResourceMethod(), RateLimitCheck::rule);
        return limits.take(rule.policy(), subject(), rule.limit(), Duration.ofSeconds(rule.windowSeconds()));
    }

    private static RateLimited rule(Method operation) {
        @Nullable RateLimited own = operation.getAnnotation(RateLimited.class);
        return own != null ? own : operation.getDeclaringClass().getAnnotation(RateLimited.class);
    }

    private String subject() {
        String kind = caller.kind();
        return kind.equals("anonymous") ? "net:" + caller.network() : kind + ":" + caller.id();
    }
}
