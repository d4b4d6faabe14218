package dev.tributary.analytics;

import dev.tributary.access.Caller;
import dev.tributary.access.RateLimited;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.problem.Problem;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What affiliates' own programs read, with an API key of theirs: the first version, which only ever grows. */
@Path("/api/affiliate/v1")
@Tag(name = "Affiliate API")
@RolesAllowed("affiliate-key")
@Produces(MediaType.APPLICATION_JSON)
@RateLimited(policy = "affiliate-api", limit = 100, windowSeconds = 3_600)
class AffiliateApiResource {
    private static final Set<GroupBy> BY =
            EnumSet.of(GroupBy.DAY, GroupBy.WEEK, GroupBy.MONTH, GroupBy.SRC, GroupBy.LINK);
    private static final Set<String> SUMS = Set.of("from", "to", "groupBy", "programId", "limit");
    private static final Set<String> FILTERS = Set.of("from", "to", "status", "src", "programId");

    private final StatisticsQueries statistics;
    private final EarningsQueries earnings;
    private final HistoryQueries history;
    private final Caller caller;
    private final Lists lists;

    AffiliateApiResource(
            StatisticsQueries statistics,
            EarningsQueries earnings,
            HistoryQueries history,
            Caller caller,
            Lists lists) {
        this.statistics = statistics;
        this.earnings = earnings;
        this.history = history;
        this.caller = caller;
        this.lists = lists;
    }

    @GET
    @Path("stats")
    @Operation(operationId = "getStats", summary = "Clicks, leads, sales and earnings, as sums or by groupBy")
    public Uni<Statistics> stats(@Context UriInfo uri) {
        return stats(uri, false);
    }

    @GET
    @Path("stats")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> exportStats(@Context UriInfo uri) {
        return stats(uri, true).map(Statistics::csv);
    }

    private Uni<Statistics> stats(UriInfo uri, boolean csv) {
        Params.only(uri, SUMS);
        GroupBy by = Asked.by(uri, "groupBy", BY, GroupBy.ALL);
        return question(uri, by, csv)
                .chain(statistics::ask)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Enrollment")));
    }

    @GET
    @Path("earnings")
    @Operation(
            operationId = "getEarnings",
            summary = "Commissions summed up by their state, by month unless told otherwise")
    public Uni<Earnings> earnings(@Context UriInfo uri) {
        return earnings(uri, false);
    }

    @GET
    @Path("earnings")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> exportEarnings(@Context UriInfo uri) {
        return earnings(uri, true).map(found -> Earnings.CSV.whole(found.data()));
    }

    private Uni<Earnings> earnings(UriInfo uri, boolean csv) {
        Params.only(uri, SUMS);
        GroupBy by = Asked.by(uri, "groupBy", BY, GroupBy.MONTH);
        return question(uri, by, csv)
                .chain(earnings::ask)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Enrollment")));
    }

    private Uni<Question> question(UriInfo uri, GroupBy by, boolean csv) {
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        Period period = Period.of(uri);
        int asked = Asked.limit(uri, by);
        int limit = csv ? Asked.MOST_ROWS_CSV : asked;
        return caller.affiliate()
                .map(me -> new Question(me, program, Question.Only.EVERYTHING, null, by, period, limit));
    }

    @GET
    @Path("referrals")
    @Operation(operationId = "listReferrals", summary = "The customers whom you brought, newest first")
    public Uni<Response> referrals(@Context UriInfo uri) {
        return caller.affiliate()
                .chain(me ->
                        lists.json(uri, FILTERS, referrals(uri, me), ReferralView.Entry::id, ReferralView.Entry::view));
    }

    @GET
    @Path("referrals")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> exportReferrals(@Context UriInfo uri) {
        return caller.affiliate()
                .onItem()
                .transformToMulti(
                        me -> lists.csv(uri, FILTERS, referrals(uri, me), ReferralView.Entry::id, ReferralView.CSV));
    }

    private Source<ReferralView.Entry> referrals(UriInfo uri, UUID me) {
        HistoryQueries.Filter filter = filter(uri, me, ReferralView.STATUSES);
        return (before, limit) -> history.referrals(before, limit, filter);
    }

    @GET
    @Path("commissions")
    @Operation(operationId = "listCommissions", summary = "Your commissions, newest first")
    public Uni<Response> commissions(@Context UriInfo uri) {
        return caller.affiliate()
                .chain(me -> lists.json(
                        uri, FILTERS, commissions(uri, me), CommissionView.Entry::id, CommissionView.Entry::view));
    }

    @GET
    @Path("commissions")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> exportCommissions(@Context UriInfo uri) {
        return caller.affiliate()
                .onItem()
                .transformToMulti(me ->
                        lists.csv(uri, FILTERS, commissions(uri, me), CommissionView.Entry::id, CommissionView.CSV));
    }

    private Source<CommissionView.Entry> commissions(UriInfo uri, UUID me) {
        HistoryQueries.Filter filter = filter(uri, me, CommissionView.STATUSES);
        return (before, limit) -> history.commissions(before, limit, filter);
    }

    private static HistoryQueries.Filter filter(UriInfo uri, UUID me, List<String> statuses) {
        return new HistoryQueries.Filter(
                me,
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.oneOf(uri, "status", statuses),
                uri.getQueryParameters().getFirst("src"),
                Period.of(uri));
    }
}
