package dev.tributary.conversion.own;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.access.Caller;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The customers whom the affiliate that asks brought, and the affiliates whom it recruited. */
@Path("/api/affiliate")
@Tag(name = "Conversions")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class ReferralResource {
    private static final Set<String> FILTERS = Set.of("programId", "status", "src", "whose");

    private final ReferralQueries queries;
    private final Caller caller;
    private final Lists lists;

    ReferralResource(ReferralQueries queries, Caller caller, Lists lists) {
        this.queries = queries;
        this.caller = caller;
        this.lists = lists;
    }

    @GET
    @Path("referrals")
    @Operation(operationId = "listOwnReferrals", summary = "List the customers whom you brought, newest first")
    public Uni<Response> referrals(@Context UriInfo uri) {
        return caller.affiliate()
                .chain(me -> lists.json(
                        uri, FILTERS, source(uri, me), OwnReferralView.Entry::id, OwnReferralView.Entry::view));
    }

    @GET
    @Path("referrals")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> exportReferrals(@Context UriInfo uri) {
        return caller.affiliate()
                .onItem()
                .transformToMulti(
                        me -> lists.csv(uri, FILTERS, source(uri, me), OwnReferralView.Entry::id, OwnReferralView.CSV));
    }

    private Source<OwnReferralView.Entry> source(UriInfo uri, UUID me) {
        ReferralQueries.Filter filter = new ReferralQueries.Filter(
                me,
                requireNonNullElse(Params.oneOf(uri, "whose", List.of("own", "sub", "all")), "own"),
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.oneOf(uri, "status", OwnReferralView.STATUSES),
                Params.line(uri, "src"));
        return (before, limit) -> queries.referrals(before, limit, filter);
    }

    @GET
    @Path("sub-affiliates")
    @Operation(operationId = "listSubAffiliates", summary = "List the affiliates whom you recruited, newest first")
    public Uni<Response> recruits(@Context UriInfo uri) {
        return caller.affiliate()
                .chain(me -> lists.json(
                        uri,
                        Set.of(),
                        (before, limit) -> queries.recruits(before, limit, me),
                        SubAffiliateView.Entry::id,
                        SubAffiliateView.Entry::view));
    }

    @GET
    @Path("sub-affiliates")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> exportRecruits(@Context UriInfo uri) {
        return caller.affiliate()
                .onItem()
                .transformToMulti(me -> lists.csv(
                        uri,
                        Set.of(),
                        (before, limit) -> queries.recruits(before, limit, me),
                        SubAffiliateView.Entry::id,
                        SubAffiliateView.CSV));
    }
}
