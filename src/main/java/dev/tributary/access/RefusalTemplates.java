package dev.tributary.access;

import static io.quarkus.vertx.http.runtime.security.QuarkusHttpUser.AUTH_FAILURE_HANDLER;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.quarkus.resteasy.reactive.server.runtime.observability.ObservabilityIntegrationRecorder;
import io.quarkus.vertx.http.runtime.security.HttpSecurityRecorder.DefaultAuthFailureHandler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.BiConsumer;

/**
 * What happens where somebody is refused after sign-in and before the REST layer. Metrics count a refusal under the
 * template of its path; the framework (Quarkus 3.34) works that out before it knows whether anybody is refused, from a
 * table of all endpoints that it builds anew for each request: a quarter of the processor's time of a cached read
 * (measured). Here only those who are refused pay for it. Whom sign-in itself refuses has been answered before.
 */
@ApplicationScoped
class RefusalTemplates {
    /** After sign-in, and before the handler of the framework at the same place, which is registered later. */
    static final int ORDER = -199;

    private static final BiConsumer<RoutingContext, Throwable> REFUSED = RefusalTemplates::refuse;

    void register(@Observes Router router) {
        router.route().order(ORDER).handler(RefusalTemplates::before);
    }

    /** The framework's own gives way to this where it finds it here. */
    private static void before(RoutingContext context) {
        if (context.get(AUTH_FAILURE_HANDLER) instanceof DefaultAuthFailureHandler)
            context.put(AUTH_FAILURE_HANDLER, REFUSED);
        context.next();
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        ObservabilityIntegrationRecorder.setTemplatePath(context, ResteasyReactiveRecorder.getCurrentDeployment());
        DefaultAuthFailureHandler.markIfOtherAuthenticationFailure(context, failure);
        if (!context.failed()) context.fail(DefaultAuthFailureHandler.extractRootCause(failure));
    }
}
