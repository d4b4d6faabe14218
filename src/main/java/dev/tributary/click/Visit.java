package dev.tributary.click;

import dev.tributary.id.Ids;
import dev.tributary.link.LinkTarget;
import dev.tributary.link.Location;
import dev.tributary.link.UrlText;
import dev.tributary.problem.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one request through a link says: the visitor, the click it makes and where it leads. */
final class Visit {
    static final int HEADER_LIMIT = 512;
    static final int LANDING_PAGE_LIMIT = 1_024;

    private final LinkTarget link;
    private final VisitQuery query;
    final UUID clickId;
    final @Nullable UUID visitorId;
    final boolean returning;
    final boolean earns;
    final String src;
    final String destination;

    private Visit(
            LinkTarget link, VisitQuery query, Ids ids, @Nullable UUID visitor, boolean anonymous, String destination) {
        this.link = link;
        this.query = query;
        this.clickId = ids.next();
        this.returning = visitor != null && !anonymous;
        this.visitorId = anonymous ? null : visitor != null ? visitor : ids.next();
        this.earns = link.earnsAt(Ids.millisOf(clickId));
        this.src = query.src.isEmpty() ? link.src() : query.src;
        this.destination = destination;
    }

    /** Reads the request; a {@link Problem} where it cannot be meant (an over-long source tag, say). */
    static Visit read(HttpServerRequest request, LinkTarget link, String deepPath, Ids ids) {
        String raw = request.query();
        VisitQuery query = raw == null || raw.isEmpty() ? VisitQuery.EMPTY : VisitQuery.parse(raw);
        boolean anonymous = link.program().honorGpc() && "1".equals(request.getHeader("Sec-GPC"));
        UUID visitor = Visitors.fromCookies(request.getHeader("Cookie"));
        return new Visit(link, query, ids, visitor, anonymous, Destination.of(link, deepPath, query.to));
    }

    /** The address to answer with; {@code durable} tells whether it may carry the click's id. */
    String location(@Nullable String durableClickId) {
        return earns
                ? Location.tracked(destination, query.passThrough, link, src, durableClickId)
                : Location.plain(destination, query.passThrough);
    }

    Click click(HttpServerRequest request, String ip, Optional<String> countryHeader) {
        List<String> subs = link.subs();
        return new Click(
                clickId,
                link.id(),
                link.program().id(),
                link.affiliateId(),
                visitorId,
                returning,
                earns,
                Click.Origin.REDIRECT,
                intent(request),
                ip,
                countryHeader.isEmpty() ? "" : header(request, countryHeader.get()),
                header(request, "User-Agent"),
                header(request, "Accept-Language"),
                header(request, "Referer"),
                destination.length() > LANDING_PAGE_LIMIT ? destination.substring(0, LANDING_PAGE_LIMIT) : destination,
                src,
                List.of(
                        either(query.subs[0], subs.get(0)),
                        either(query.subs[1], subs.get(1)),
                        either(query.subs[2], subs.get(2)),
                        either(query.subs[3], subs.get(3)),
                        either(query.subs[4], subs.get(4))),
                query.externalClickId,
                header(request, "Sec-Fetch-Dest"),
                header(request, "Sec-Fetch-Mode"),
                header(request, "Sec-Fetch-Site"),
                json(query.adParams));
    }

    static String either(String given, String own) {
        return given.isEmpty() ? own : given;
    }

    /** A request made ahead of the visitor's own decision says so (Sec-Purpose; Purpose and X-Moz are its elders). */
    static Click.Intent intent(HttpServerRequest request) {
        if (request.method() == HttpMethod.HEAD) return Click.Intent.HEAD;
        for (String name : List.of("Sec-Purpose", "Purpose", "X-Moz")) {
            String value = request.getHeader(name);
            if (value != null && (value.contains("prefetch") || value.contains("preview")))
                return Click.Intent.PREFETCH;
        }
        return Click.Intent.VISIT;
    }

    static String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        if (value == null) return "";
        return UrlText.withoutControls(value.length() > HEADER_LIMIT ? value.substring(0, HEADER_LIMIT) : value);
    }

    static String json(Map<String, String> parameters) {
        return parameters.isEmpty() ? "" : io.vertx.core.json.Json.encode(parameters);
    }
}
