package dev.tributary.click;

import dev.tributary.access.ClientAddress;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.link.LinkCache;
import dev.tributary.link.LinkLookup;
import dev.tributary.link.LinkTarget;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * {@code GET /r/{code}[/deep/path]}: finds the link in the process, makes the click durable, answers 302.
 *
 * <p>A 302 that carries a {@code click_id} is a promise: the click is on disk. The path touches neither PostgreSQL nor
 * Redis, except for a code that this process has never heard of. It stands before the framework's own handlers, because at
 * this rate each of them costs more than the work itself; it has counters of its own.
 */
@ApplicationScoped
class RedirectRoute {
    /** Before authentication, body handling and metrics of the framework. */
    static final int FIRST = -10_000;

    private static final String PREFIX = "/r/";
    private static final int CODE_LIMIT = 64;
    private static final CharSequence NO_STORE = new AsciiString("no-store");
    private static final CharSequence ZERO = new AsciiString("0");

    private final LinkCache links;
    private final LinkLookup lookup;
    private final Clicks clicks;
    private final Ids ids;
    private final ClickConfig config;
    private final ClientAddress addresses;

    RedirectRoute(LinkCache links, LinkLookup lookup, Clicks clicks, Ids ids, ClickConfig config) {
        this.links = links;
        this.lookup = lookup;
        this.clicks = clicks;
        this.ids = ids;
        this.config = config;
        addresses = new ClientAddress(config.trustedProxies().orElse(List.of()));
    }

    void register(@Observes Router router) {
        if (config.edge()) router.route("/r/*").order(FIRST).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            Answers.methodNotAllowed(context, "GET, HEAD");
            return;
        }
        String path = request.path();
        int slash = path.indexOf('/', PREFIX.length());
        String code = slash < 0 ? path.substring(PREFIX.length()) : path.substring(PREFIX.length(), slash);
        String deepPath = slash < 0 || slash == path.length() - 1 ? "" : path.substring(slash);
        if (!wellFormed(code)) {
            Answers.unknownLink(context, config.fallbackUrl());
            return;
        }
        LinkTarget link = links.find(code);
        if (link != null) {
            redirect(context, link, deepPath);
        } else {
            request.pause();
            lookup.find(code)
                    .subscribe()
                    .with(
                            found -> found.ifPresentOrElse(
                                    late -> redirect(context, late, deepPath),
                                    () -> Answers.unknownLink(context, config.fallbackUrl())),
                            away -> Answers.problem(
                                    context, ProblemKind.UNAVAILABLE, "This link cannot be looked up now"));
        }
    }

    static boolean wellFormed(String code) {
        if (code.isEmpty() || code.length() > CODE_LIMIT) return false;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            boolean ok = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!ok) return false;
        }
        return true;
    }

    private void redirect(RoutingContext context, LinkTarget link, String deepPath) {
        HttpServerRequest request = context.request();
        try {
            Visit visit = Visit.read(request, link, deepPath, ids);
            Click click = visit.click(request, addresses.of(request), config.countryHeader());
            clicks.record(click, executor(context), durable -> answer(request.response(), visit, durable));
        } catch (Problem problem) {
            Answers.problem(context, problem.kind(), String.valueOf(problem.getMessage()), problem.errors());
        }
    }

    /** The connection's own event loop: answers that share one are written together. */
    static Executor executor(RoutingContext context) {
        return ((ContextInternal) context.vertx().getOrCreateContext()).nettyEventLoop();
    }

    private static void answer(HttpServerResponse response, Visit visit, boolean durable) {
        if (response.closed() || response.ended()) return;
        String location = visit.location(durable ? TypeId.CLICK.format(visit.clickId) : null);
        response.setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, location)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(HttpHeaders.CONTENT_LENGTH, ZERO);
        if (visit.visitorId != null && !visit.returning) {
            response.putHeader(HttpHeaders.SET_COOKIE, Visitors.cookie(visit.visitorId));
        }
        response.end();
    }
}
