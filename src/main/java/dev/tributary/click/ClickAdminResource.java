package dev.tributary.click;

import static java.util.Objects.requireNonNullElseGet;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The clicks one by one, for staff. */
@Path("/api/admin/clicks")
@Tag(name = "Clicks")
@Produces(MediaType.APPLICATION_JSON)
class ClickAdminResource {
    private static final Set<String> FILTERS =
            Set.of("programId", "affiliateId", "linkId", "from", "to", "traffic", "visit", "credited");
    private static final Duration USUAL = Duration.ofHours(24);
    /** As many daily partitions as one list may open. */
    private static final Duration LONGEST = Duration.ofDays(92);

    private static final Csv<ClickView> CSV = new Csv<>(
            List.of(
                    "id",
                    "clickedAt",
                    "linkId",
                    "programId",
                    "affiliateId",
                    "visitorId",
                    "origin",
                    "traffic",
                    "visit",
                    "credited",
                    "flood",
                    "country",
                    "device",
                    "os",
                    "browser",
                    "referrerHost",
                    "landingPage",
                    "src",
                    "sub1",
                    "sub2",
                    "sub3",
                    "sub4",
                    "sub5",
                    "externalClickId"),
            ClickAdminResource::cells);

    private final ClickQueries queries;
    private final Lists lists;
    private final Clock clock;

    ClickAdminResource(ClickQueries queries, Lists lists, Clock clock) {
        this.queries = queries;
        this.lists = lists;
        this.clock = clock;
    }

    private static List<String> cells(ClickView c) {
        return List.of(
                c.id(),
                c.clickedAt().toString(),
                c.linkId(),
                c.programId(),
                c.affiliateId(),
                c.visitorId() == null ? "" : c.visitorId(),
                c.origin(),
                c.traffic(),
                c.visit(),
                Boolean.toString(c.credited()),
                Boolean.toString(c.flood()),
                c.country(),
                c.device(),
                c.os(),
                c.browser(),
                c.referrerHost(),
                c.landingPage(),
                c.src(),
                c.sub1(),
                c.sub2(),
                c.sub3(),
                c.sub4(),
                c.sub5(),
                c.externalClickId());
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listClicks", summary = "List clicks, newest first, by default of the last 24 hours")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), ClickView::uuid, c -> c);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), ClickView::uuid, CSV);
    }

    private Source<ClickView> source(UriInfo uri) {
        Instant to = requireNonNullElseGet(Params.time(uri, "to"), clock::instant);
        Instant from = requireNonNullElseGet(Params.time(uri, "from"), () -> to.minus(USUAL));
        Period.check(from, to, LONGEST);
        @Nullable String credited = Params.oneOf(uri, "credited", List.of("true", "false"));
        ClickQueries.Filter filter = new ClickQueries.Filter(
                from,
                to,
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.id(uri, "affiliateId", TypeId.AFFILIATE),
                Params.id(uri, "linkId", TypeId.LINK),
                Params.oneOf(uri, "traffic", List.of("human", "bot", "prefetch", "head")),
                Params.oneOf(uri, "visit", List.of("unique", "duplicate", "unverified", "none")),
                credited == null ? null : Boolean.valueOf(credited));
        return (before, limit) -> queries.list(before, limit, filter);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getClick", summary = "Read one click, from the moment it has landed")
    public Uni<ClickView> get(@PathParam("id") String id) {
        return queries.find(Params.path(id, TypeId.CLICK, "Click"))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Click")));
    }
}
