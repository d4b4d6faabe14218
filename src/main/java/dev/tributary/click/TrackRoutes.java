package dev.tributary.click;

import dev.tributary.access.ClientAddress;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.link.LinkCache;
import dev.tributary.link.LinkLookup;
import dev.tributary.link.LinkTarget;
import dev.tributary.link.ProgramTarget;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/track/click}: a page tells of a visit that did not come through the redirect.
 *
 * <p>201 means what a 302 with a {@code click_id} means: the click is on disk. A visit that already has a click id is
 * answered 200 and recorded no second time. Any page may call it and no cookie or credential counts, so it allows every
 * origin; it takes {@code text/plain} beside {@code application/json}, because that spares browsers the preflight.
 */
@ApplicationScoped
class TrackRoutes {
    static final String PATH = "/api/track/click";
    /** Ten times what the script sends on a page with long addresses. */
    static final int BODY_LIMIT = 8_192;

    /** A day; browsers cut it to two hours or so themselves. */
    private static final String PREFLIGHT_SECONDS = "86400";

    private final LinkCache links;
    private final LinkLookup lookup;
    private final Clicks clicks;
    private final Ids ids;
    private final ClickConfig config;
    private final ClientAddress addresses;

    TrackRoutes(LinkCache links, LinkLookup lookup, Clicks clicks, Ids ids, ClickConfig config) {
        this.links = links;
        this.lookup = lookup;
        this.clicks = clicks;
        this.ids = ids;
        this.config = config;
        addresses = new ClientAddress(config.trustedProxies().orElse(List.of()));
    }

    void register(@Observes Router router) {
        if (config.edge()) router.route(PATH).order(RedirectRoute.FIRST).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        context.response().putHeader("Access-Control-Allow-Origin", "*");
        HttpMethod method = context.request().method();
        if (method == HttpMethod.OPTIONS) {
            preflight(context);
        } else if (method != HttpMethod.POST) {
            Answers.methodNotAllowed(context, "POST, OPTIONS");
        } else if (!carriesJson(context.request().getHeader("Content-Type"))) {
            Answers.problem(context, ProblemKind.UNSUPPORTED_MEDIA_TYPE, "Send application/json or text/plain");
        } else {
            Executor executor = RedirectRoute.executor(context);
            BoundedBody.read(
                    context,
                    BODY_LIMIT,
                    body -> receive(context, body, executor),
                    () -> Answers.problem(
                            context, ProblemKind.TOO_LARGE, "The body is larger than " + BODY_LIMIT + " bytes"));
        }
    }

    private static void preflight(RoutingContext context) {
        context.response()
                .setStatusCode(204)
                .putHeader("Access-Control-Allow-Methods", "POST")
                .putHeader("Access-Control-Allow-Headers", "content-type")
                .putHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS)
                .end();
    }

    static boolean carriesJson(@Nullable String contentType) {
        if (contentType == null) return true;
        String type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.equals("text/plain");
    }

    private void receive(RoutingContext context, Buffer body, Executor executor) {
        try {
            TrackEvent event = TrackEvent.parse(json(body));
            if (!RedirectRoute.wellFormed(event.ref())) throw unknown();
            LinkTarget link = links.find(event.ref());
            if (link != null) {
                track(context, event, link, executor);
            } else {
                lookup.find(event.ref())
                        .subscribe()
                        .with(
                                found -> found.ifPresentOrElse(
                                        late -> track(context, event, late, executor),
                                        () -> refuse(context, unknown())),
                                away -> refuse(
                                        context,
                                        new Problem(ProblemKind.UNAVAILABLE, "This code cannot be looked up now")));
            }
        } catch (Problem problem) {
            refuse(context, problem);
        }
    }

    private static JsonObject json(Buffer body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException notAnObject) {
            throw new Problem(ProblemKind.INVALID_REQUEST, "The body is not a JSON object");
        }
    }

    private static Problem unknown() {
        return new Problem(ProblemKind.NOT_FOUND, "No link has this code");
    }

    private static void refuse(RoutingContext context, Problem problem) {
        Answers.problem(context, problem.kind(), String.valueOf(problem.getMessage()), problem.errors());
    }

    private void track(RoutingContext context, TrackEvent event, LinkTarget link, Executor executor) {
        HttpServerRequest request = context.request();
        ProgramTarget program = link.program();
        boolean anonymous = program.honorGpc() && (event.gpc() || "1".equals(request.getHeader("Sec-GPC")));
        UUID visitor = anonymous ? null : event.visitorId() != null ? event.visitorId() : ids.next();
        if (event.clickId() != null) {
            answer(context, 200, anonymous ? null : event.clickId(), visitor, program);
            return;
        }
        Click click = click(request, event, link, visitor);
        UUID told = anonymous || !click.credited() ? null : click.id();
        clicks.record(click, executor, durable -> {
            if (durable) answer(context, 201, told, visitor, program);
            else refuse(context, new Problem(ProblemKind.UNAVAILABLE, "The click could not be recorded"));
        });
    }

    private Click click(HttpServerRequest request, TrackEvent event, LinkTarget link, @Nullable UUID visitor) {
        UUID id = ids.next();
        List<String> own = link.subs();
        List<String> given = event.subs();
        return new Click(
                id,
                link.id(),
                link.program().id(),
                link.affiliateId(),
                visitor,
                visitor != null && visitor.equals(event.visitorId()),
                link.earnsAt(Ids.millisOf(id)),
                Click.Origin.SCRIPT,
                Click.Intent.VISIT,
                addresses.of(request),
                config.countryHeader().map(name -> Visit.header(request, name)).orElse(""),
                Visit.header(request, "User-Agent"),
                Visit.header(request, "Accept-Language"),
                event.referrer(),
                event.landingPage(),
                Visit.either(event.src(), link.src()),
                List.of(
                        Visit.either(given.get(0), own.get(0)),
                        Visit.either(given.get(1), own.get(1)),
                        Visit.either(given.get(2), own.get(2)),
                        Visit.either(given.get(3), own.get(3)),
                        Visit.either(given.get(4), own.get(4))),
                event.externalClickId(),
                Visit.header(request, "Sec-Fetch-Dest"),
                Visit.header(request, "Sec-Fetch-Mode"),
                Visit.header(request, "Sec-Fetch-Site"),
                Visit.json(event.adParams()));
    }

    /** A click id is told only where it may earn and may be kept. */
    private static void answer(
            RoutingContext context, int status, @Nullable UUID click, @Nullable UUID visitor, ProgramTarget program) {
        if (context.response().closed() || context.response().ended()) return;
        JsonObject body = new JsonObject()
                .put("clickId", click == null ? null : TypeId.CLICK.format(click))
                .put("visitorId", visitor == null ? null : TypeId.VISITOR.format(visitor))
                .put("windowDays", program.windowDays())
                .put("honorGpc", program.honorGpc());
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(body.encode());
    }
}
