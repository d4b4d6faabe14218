package dev.tributary.click;

import dev.tributary.problem.FieldError;
import dev.tributary.problem.ProblemKind;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** The answers of the plain routes that are not redirects: problem+json for programs, a page for people. */
final class Answers {
    private static final String NOT_FOUND_PAGE =
            """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="robots" content="noindex">
            <title>This link leads nowhere</title>
            <h1>This link leads nowhere</h1><p>It may be mistyped, or it was removed.</p></html>
            """;

    private Answers() {}

    static void problem(RoutingContext context, ProblemKind kind, String detail) {
        problem(context, kind, detail, List.of());
    }

    static void problem(RoutingContext context, ProblemKind kind, String detail, List<FieldError> errors) {
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", kind.title())
                .put("status", kind.status())
                .put("code", kind.code())
                .put("detail", detail);
        if (!errors.isEmpty()) {
            JsonArray fields = new JsonArray();
            for (FieldError e : errors) {
                fields.add(new JsonObject()
                        .put("field", e.field())
                        .put("code", e.code())
                        .put("message", e.message()));
            }
            body.put("errors", fields);
        }
        HttpServerResponse response = open(context, kind.status());
        if (kind == ProblemKind.UNAVAILABLE) response.putHeader("Retry-After", "1");
        response.putHeader("Content-Type", "application/problem+json").end(body.encode());
    }

    static void methodNotAllowed(RoutingContext context, String allowed) {
        context.response().putHeader("Allow", allowed);
        problem(context, ProblemKind.METHOD_NOT_ALLOWED, "Use " + allowed);
    }

    /** An unknown code: the installation's own page where it has one, else a page for browsers, a problem for programs. */
    static void unknownLink(RoutingContext context, Optional<String> fallbackUrl) {
        String accept = context.request().getHeader("Accept");
        if (fallbackUrl.isPresent()) {
            open(context, 302).putHeader("Location", fallbackUrl.get()).end();
        } else if (accept != null && accept.contains("text/html")) {
            open(context, 404)
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                    .end(NOT_FOUND_PAGE);
        } else {
            problem(context, ProblemKind.NOT_FOUND, "No such link");
        }
    }

    private static HttpServerResponse open(RoutingContext context, int status) {
        return context.response()
                .setStatusCode(status)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
    }
}
