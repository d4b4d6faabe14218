package dev.tributary.access;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Limits of the request that is being served: what is left stands in its answer's headers, and above the limit the answer is
 * 429. For operations that know only while they work whom a request is counted for; all others are {@link RateLimited}.
 */
@ApplicationScoped
public class RequestLimits {
    private final RateLimits limits;
    private final CurrentVertxRequest current;

    RequestLimits(RateLimits limits, CurrentVertxRequest current) {
        this.limits = limits;
        this.current = current;
    }

    /** Takes one of the subject's limit as {@link RateLimits#take} does; fails with a problem where none is left. */
    public Uni<Void> take(String policy, String subject, int limit, Duration window) {
        RoutingContext request = current.getCurrent();
        return limits.take(policy, subject, limit, window)
                .invoke(told -> tell(request, told))
                .replaceWithVoid();
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
