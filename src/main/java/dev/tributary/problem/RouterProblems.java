package dev.tributary.problem;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The router's door to the renderer: what fails before or beside the REST layer (sign-in, bodies and addresses that are
 * too large, routes of their own) is answered in the same form. Also the headers of every API answer.
 */
@ApplicationScoped
class RouterProblems {
    private static final Logger LOG = Logger.getLogger(RouterProblems.class);
    /** After the redirect, which has checks of its own; before the framework's own body limit, which answers without a body. */
    private static final int EARLY = -9_000;

    /** The server reads lines twice as long, so that up to there we answer and not the decoder. */
    private static final int ADDRESS_LIMIT = 8_192;

    private final long bodyLimit;

    RouterProblems(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize bodyLimit) {
        this.bodyLimit = bodyLimit.asLongValue();
    }

    void register(@Observes Router router) {
        router.route().order(EARLY).handler(this::admit).failureHandler(this::fail);
        router.errorHandler(404, this::fail);
        router.errorHandler(405, this::fail);
        router.errorHandler(413, this::fail);
        router.errorHandler(500, this::fail);
    }

    private void admit(RoutingContext context) {
        if (context.request().uri().length() > ADDRESS_LIMIT) {
            answer(context, Problems.of(414, null));
        } else if (declaredLength(context) > bodyLimit) {
            // The rest of the body is not read: closing is the only way to tell the sender to stop.
            context.response().putHeader(HttpHeaderNames.CONNECTION, "close");
            answer(context, Problems.of(413, null));
        } else {
            if (isAnswer(context.request().path())) {
                // At the last moment, or what the REST layer adds for a problem would stand beside them.
                context.addHeadersEndHandler(ready -> protect(context.response()));
            }
            context.next();
        }
    }

    /** What is an answer to one caller; redirects, pages and images say for themselves how long they may be kept. */
    private static boolean isAnswer(String path) {
        return path.startsWith("/api/") || path.equals("/postback") || path.startsWith("/webhooks/");
    }

    private static void protect(HttpServerResponse response) {
        if (!response.headers().contains("Cache-Control")) response.putHeader("Cache-Control", "no-store");
        if (!response.headers().contains("X-Content-Type-Options"))
            response.putHeader("X-Content-Type-Options", "nosniff");
    }

    private static long declaredLength(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void fail(RoutingContext context) {
        // The framework answered while the body was being read; that the reader then finds no answer to give is no bug.
        if (context.response().ended() && context.response().getStatusCode() == 413) return;
        Throwable cause = context.failure();
        Problem problem = cause == null || context.statusCode() >= 400 && context.statusCode() < 500
                ? Problems.of(context.statusCode() < 400 ? 500 : context.statusCode(), cause)
                : Problems.of(cause);
        if (cause != null) RestProblems.log(LOG, problem, cause);
        answer(context, problem);
    }

    private static void answer(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.ended()) return;
        if (response.headWritten()) {
            // Half an answer is out; cutting it off is the only way left to say that it is not whole.
            response.reset();
            return;
        }
        ProblemHeaders.of(problem).forEach(response::putHeader);
        response.setStatusCode(problem.kind().status())
                .putHeader("Content-Type", ProblemJson.MEDIA_TYPE)
                .end(ProblemJson.of(problem).encode());
    }
}
