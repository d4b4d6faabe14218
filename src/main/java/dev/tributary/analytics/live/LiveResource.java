package dev.tributary.analytics.live;

import dev.tributary.access.RateLimited;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the affiliate that asks has earned today, this week or this month: once, or as a stream that grows with it. */
@Path(LiveResource.PATH)
@Tag(name = "Statistics")
@Produces(MediaType.APPLICATION_JSON)
class LiveResource {
    static final String PATH = "/api/affiliate/earnings/live";

    private static final Set<String> PARAMETERS = Set.of("programId", "period");
    private static final Set<String> OF_STREAMS =
            Set.of("programId", "period", "lastEventId", TicketAuthentication.PARAMETER);

    private final Holders holders;
    private final HolderQueries rights;
    private final SumQueries sums;
    private final Transactions transactions;
    private final StreamOpening opening;
    private final Tickets tickets;

    LiveResource(
            Holders holders,
            HolderQueries rights,
            SumQueries sums,
            Transactions transactions,
            StreamOpening opening,
            Tickets tickets) {
        this.holders = holders;
        this.rights = rights;
        this.sums = sums;
        this.transactions = transactions;
        this.opening = opening;
        this.tickets = tickets;
    }

    @GET
    @RolesAllowed({"affiliate", "affiliate-key"})
    @Operation(
            operationId = "getLiveEarnings",
            summary = "Your earnings of today, this week or this month, as JSON or as a stream of events")
    public Uni<LiveEarnings> once(@Context UriInfo uri) {
        Params.only(uri, PARAMETERS);
        Span span = span(uri);
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        return holders.current()
                .chain(me -> rights.program(me.affiliateId(), program)
                        .map(found -> new Watched(me.affiliateId(), found, span)))
                .chain(watched -> transactions
                        .read(c -> sums.of(c, List.of(watched)))
                        .map(read -> Optional.ofNullable(read.get(watched))
                                .orElseThrow(() -> Problem.notFound("Enrollment"))));
    }

    @GET
    @RolesAllowed({"affiliate", "affiliate-key", TicketAuthentication.ROLE})
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @Operation(hidden = true)
    public Uni<Response> stream(@Context UriInfo uri, @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
        Params.only(uri, OF_STREAMS);
        Span span = span(uri);
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        String named = lastEventId == null ? uri.getQueryParameters().getFirst("lastEventId") : lastEventId;
        // What is no position of ours gets a snapshot, as one that is too old does: a client could not do better
        // either.
        Position since = named == null ? null : Position.read(named).orElse(null);
        StreamOpening.Request request = opening.request();
        return holders.current().call(rights::check).chain(me -> rights.program(me.affiliateId(), program)
                .map(found -> new Watched(me.affiliateId(), found, span))
                .map(watched -> opening.open(request, watched, me, since)));
    }

    @POST
    @Path("tickets")
    @RolesAllowed({"affiliate", "affiliate-key"})
    @RateLimited(policy = "live-tickets", limit = 60, windowSeconds = 60)
    @Operation(
            operationId = "createLiveEarningsTicket",
            summary = "Make a ticket that opens one stream of your live earnings")
    public Uni<LiveTicket> ticket(@Context UriInfo uri) {
        Params.only(uri, Set.of());
        return holders.current().call(rights::check).chain(tickets::issue);
    }

    private static Span span(UriInfo uri) {
        String word = Params.oneOf(uri, "period", Span.values());
        return word == null ? Span.TODAY : Span.of(word);
    }
}
