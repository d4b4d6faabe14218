package dev.tributary.promo.validate;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemJson;
import dev.tributary.problem.ProblemKind;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The answers of the validation, which no framework renders. */
final class Replies {
    private static final CharSequence JSON = new AsciiString("application/json");
    private static final CharSequence NO_STORE = new AsciiString("no-store");
    private static final CharSequence NOSNIFF = new AsciiString("nosniff");
    private static final CharSequence CONTENT_TYPE_OPTIONS = new AsciiString("X-Content-Type-Options");
    private static final CharSequence ANY = new AsciiString("*");

    private Replies() {}

    static void json(RoutingContext context, String body) {
        if (isGone(context)) return;
        open(context, 200).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
    }

    static void tooMany(RoutingContext context, long seconds) {
        context.response().putHeader("Retry-After", Long.toString(seconds));
        problem(
                context,
                new Problem(
                        ProblemKind.RATE_LIMITED,
                        "Too many codes were not usable; try again in %d seconds".formatted(seconds)));
    }

    static void methodNotAllowed(RoutingContext context) {
        context.response().putHeader("Allow", "GET");
        problem(context, new Problem(ProblemKind.METHOD_NOT_ALLOWED, "Use GET"));
    }

    static void problem(RoutingContext context, Problem problem) {
        if (isGone(context)) return;
        ProblemKind kind = problem.kind();
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", kind.title())
                .put("status", kind.status())
                .put("code", kind.code())
                .put("detail", problem.getMessage());
        JsonArray fields = new JsonArray();
        problem.errors()
                .forEach(e -> fields.add(new JsonObject()
                        .put("field", e.field())
                        .put("code", e.code())
                        .put("message", e.message())));
        if (!fields.isEmpty()) body.put("errors", fields);
        HttpServerResponse response = open(context, kind.status());
        if (kind == ProblemKind.UNAVAILABLE) response.putHeader("Retry-After", "1");
        response.putHeader(HttpHeaders.CONTENT_TYPE, ProblemJson.MEDIA_TYPE).end(body.encode());
    }

    private static boolean isGone(RoutingContext context) {
        return context.response().closed() || context.response().ended();
    }

    private static HttpServerResponse open(RoutingContext context, int status) {
        return context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
    }
}
