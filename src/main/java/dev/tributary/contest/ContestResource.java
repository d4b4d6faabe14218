package dev.tributary.contest;

import dev.tributary.access.Caller;
import dev.tributary.analytics.leaderboard.Names;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The contests of the affiliate that asks. */
@Path("/api/affiliate/contests")
@Tag(name = "Contests")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class ContestResource {
    /** More than anybody takes part in at once; the nearest first. */
    private static final int MOST = 50;
    /** Beside a banner. */
    private static final int FIRST = 10;

    private static final int MOST_SHOWN = 100;
    /** Of all contests of one answer together. */
    private static final int MOST_WINNERS = 5_000;

    private final ContestRepository contests;
    private final StandingRepository standings;
    private final WinnerRepository winners;
    private final Names names;
    private final Programs programs;
    private final Transactions transactions;
    private final Caller caller;
    private final Clock clock;

    ContestResource(
            ContestRepository contests,
            StandingRepository standings,
            WinnerRepository winners,
            Names names,
            Programs programs,
            Transactions transactions,
            Caller caller,
            Clock clock) {
        this.contests = contests;
        this.standings = standings;
        this.winners = winners;
        this.names = names;
        this.programs = programs;
        this.transactions = transactions;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listOwnContests", summary = "See contests that go on, are to come, or ended lately")
    public Uni<OwnContestView.All> list(@Context UriInfo uri) {
        Params.only(uri, Set.of("programId"));
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        Instant now = clock.instant();
        return caller.affiliate()
                .chain(me -> transactions.read(
                        c -> contests.ofAffiliate(c, me, program, now, MOST).chain(found -> read(c, me, found, FIRST))))
                .map(read -> new OwnContestView.All(
                        read.stream().map(each -> OwnContestView.of(each, now)).toList(), now));
    }

    @GET
    @Path("{id}/standings")
    @Operation(operationId = "getOwnContestStandings", summary = "See more of who stands where in a contest")
    public Uni<OwnContestView> standings(@PathParam("id") String id, @Context UriInfo uri) {
        Params.only(uri, Set.of("limit"));
        int limit = StandingAdminResource.limit(uri, MOST_SHOWN, MOST_SHOWN);
        UUID contest = Params.path(id, TypeId.CONTEST, "Contest");
        return caller.affiliate()
                .chain(me ->
                        transactions.read(c -> own(c, me, contest).chain(found -> read(c, me, List.of(found), limit))))
                .map(read -> OwnContestView.of(read.get(0), clock.instant()));
    }

    /** One of a program in which the affiliate is. */
    private Uni<Contest> own(SqlConnection c, UUID me, UUID id) {
        return contests.find(c, id)
                .map(found -> found.filter(contest -> contest.canceledAt() == null)
                        .orElseThrow(() -> Problem.notFound("Contest")))
                .call(contest -> programs.enrollment(c, contest.programId(), me).invoke(enrollment -> {
                    if (enrollment.isEmpty()) throw Problem.notFound("Contest");
                }));
    }

    private Uni<List<OwnContestView.Read>> read(SqlConnection c, UUID me, List<Contest> found, int limit) {
        List<UUID> ids = found.stream().map(Contest::id).toList();
        if (ids.isEmpty()) return Uni.createFrom().item(List.of());
        return standings
                .tops(c, ids, limit)
                .chain(tops -> standings.own(c, ids, me).chain(own -> winners.of(c, ids, MOST_WINNERS)
                        .chain(won -> names(c, found, tops, won).map(known -> found.stream()
                                .map(contest -> read(contest, tops, own, won, known, me))
                                .toList()))));
    }

    private static OwnContestView.Read read(
            Contest contest,
            List<StandingRepository.Scored> tops,
            List<StandingRepository.Own> own,
            List<WinnerRepository.Kept> won,
            Map<UUID, Map<UUID, String>> known,
            UUID me) {
        return new OwnContestView.Read(
                contest,
                tops.stream()
                        .filter(each -> each.contestId().equals(contest.id()))
                        .map(StandingRepository.Scored::score)
                        .toList(),
                StandingRepository.of(own, contest.id()),
                won.stream()
                        .filter(each -> each.contestId().equals(contest.id()))
                        .toList(),
                known.getOrDefault(contest.programId(), Map.of()),
                me);
    }

    /** What they are called, by program. */
    private Uni<Map<UUID, Map<UUID, String>>> names(
            SqlConnection c,
            List<Contest> found,
            List<StandingRepository.Scored> tops,
            List<WinnerRepository.Kept> won) {
        List<UUID> affiliates = Stream.concat(
                        tops.stream().map(each -> each.score().affiliateId()),
                        won.stream().map(WinnerRepository.Kept::affiliateId))
                .distinct()
                .toList();
        Map<UUID, Map<UUID, String>> known = new HashMap<>();
        return Multi.createFrom()
                .iterable(found.stream().map(Contest::programId).distinct().toList())
                .onItem()
                .transformToUniAndConcatenate(
                        program -> names.of(c, program, affiliates).invoke(called -> known.put(program, called)))
                .collect()
                .asList()
                .replaceWith(known);
    }
}
