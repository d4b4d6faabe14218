package dev.tributary.analytics.leaderboard;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.program.Enrollment;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How the affiliate that asks stands among the others of a program. */
@Path("/api/affiliate/leaderboard")
@Tag(name = "Leaderboard")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class LeaderboardResource {
    private static final Set<String> PARAMETERS = Set.of("programId", "period", "metric", "limit");

    private final Boards boards;
    private final Rankings rankings;
    private final SettingRepository settings;
    private final Programs programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Caller caller;
    private final Clock clock;

    LeaderboardResource(
            Boards boards,
            Rankings rankings,
            SettingRepository settings,
            Programs programs,
            Transactions transactions,
            Changes changes,
            Caller caller,
            Clock clock) {
        this.boards = boards;
        this.rankings = rankings;
        this.settings = settings;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "getLeaderboard", summary = "See who is first, and how far you are from the next")
    public Uni<LeaderboardView> get(@Context UriInfo uri) {
        Params.only(uri, PARAMETERS);
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        Asked asked = Asked.of(uri);
        return caller.affiliate().chain(me -> boards.member(me, program)).chain(member -> show(member, asked));
    }

    private Uni<LeaderboardView> show(SettingRepository.Member member, Asked asked) {
        BoardKey key = new BoardKey(member.programId(), asked.span(), asked.metric());
        return boards.board(key).chain(board -> boards.own(member, key, board)
                .map(own -> board.map(found -> LeaderboardView.of(key, found, asked.limit(), own))
                        .orElseGet(() -> LeaderboardView.empty(key, member, boards.days(member, asked.span()), own))));
    }

    @GET
    @Path("name")
    @Operation(operationId = "getLeaderboardName", summary = "See what others see of you")
    public Uni<NameView> name(@Context UriInfo uri) {
        Params.only(uri, Set.of("programId"));
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> programs.own(c, me, program).chain(own -> name(c, own))));
    }

    @PUT
    @Path("name")
    @APIResponseSchema(value = NameView.class, responseCode = "200")
    @Operation(operationId = "chooseLeaderboardName", summary = "Choose whether others see your display name")
    public Uni<Response> choose(@HeaderParam(Idempotency.HEADER) @Nullable String key, NameView.Input body) {
        NameView.Input input = Params.body(body);
        boolean shown = input.checked();
        UUID program = input.program();
        return caller.affiliate()
                .chain(me -> changes.make(key, input, tx -> programs.own(tx, me, program)
                        .chain(own -> name(tx, own).chain(old -> choose(tx, own, old, shown)))));
    }

    private Uni<Change> choose(SqlConnection tx, Enrollment own, NameView old, boolean shown) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return settings.wish(tx, own, shown, now)
                .chain(() -> name(tx, own))
                .call(chosen ->
                        rankings.rename(tx, List.of(own.programId()), own.affiliateId(), chosen.appearsAs(), now))
                .map(chosen -> new Change("leaderboard_name.choose", TypeId.ENROLLMENT, own.id(), old, chosen));
    }

    private Uni<NameView> name(SqlConnection c, Enrollment own) {
        return settings.find(c, own.programId()).chain(setting -> settings.named(c, own.programId(), own.affiliateId())
                .map(named -> NameView.of(own, there(setting), there(named))));
    }

    private static <T> T there(Optional<T> found) {
        return found.orElseThrow(() -> Problem.notFound("Enrollment"));
    }
}
