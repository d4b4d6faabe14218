package dev.tributary.analytics.leaderboard;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A program's leaderboard, for staff: how it is shown, and who is who on it. */
@Path("/api/admin/programs/{programId}/leaderboard")
@Tag(name = "Leaderboard")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class LeaderboardAdminResource {
    private static final Set<String> PARAMETERS = Set.of("period", "metric", "limit");
    private static final int USUAL = 100;
    /** Some 150 bytes each; the whole of it is nobody's reading. */
    private static final int MOST = 1_000;

    private final SettingRepository settings;
    private final BoardRepository boards;
    private final Programs programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Clock clock;

    LeaderboardAdminResource(
            SettingRepository settings,
            BoardRepository boards,
            Programs programs,
            Transactions transactions,
            Changes changes,
            Clock clock) {
        this.settings = settings;
        this.boards = boards;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getLeaderboardSetting", summary = "Read how a program shows who ranks where")
    public Uni<SettingView> get(@PathParam("programId") String programId) {
        UUID program = program(programId);
        return transactions.read(c -> setting(c, program)).map(setting -> SettingView.of(program, setting));
    }

    @PUT
    @RolesAllowed("admin")
    @APIResponseSchema(value = SettingView.class, responseCode = "200")
    @Operation(
            operationId = "updateLeaderboardSetting",
            summary = "Say whether and how a program shows who ranks where")
    public Uni<Response> put(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            SettingView.Input body) {
        SettingView.Input input = Params.body(body);
        Setting wanted = input.setting();
        UUID program = program(programId);
        return changes.make(key, input, tx -> replace(tx, program, wanted));
    }

    private Uni<Change> replace(SqlConnection tx, UUID program, Setting wanted) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return programs.showLeaderboard(tx, program, wanted.enabled(), now).chain(before -> setting(tx, program)
                .call(() -> settings.put(tx, program, wanted, now))
                .map(old -> new Change(
                        "leaderboard.update",
                        TypeId.PROGRAM,
                        program,
                        SettingView.of(program, new Setting(before, old.naming(), old.minimumClicks())),
                        SettingView.of(program, wanted))));
    }

    private Uni<Setting> setting(SqlConnection c, UUID program) {
        return settings.find(c, program).map(found -> found.orElseThrow(() -> Problem.notFound("Program")));
    }

    @GET
    @Path("standings")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listLeaderboardStandings", summary = "See who ranks where, by name")
    public Uni<StandingsView> standings(@PathParam("programId") String programId, @Context UriInfo uri) {
        return read(programId, uri, USUAL);
    }

    @GET
    @Path("standings")
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Uni<String> export(@PathParam("programId") String programId, @Context UriInfo uri) {
        return read(programId, uri, MOST).map(view -> StandingsView.CSV.whole(view.data()));
    }

    private Uni<StandingsView> read(String programId, UriInfo uri, int usual) {
        Params.only(uri, PARAMETERS);
        Asked asked = Asked.of(uri, usual, MOST);
        UUID program = program(programId);
        BoardKey key = new BoardKey(program, asked.span(), asked.metric());
        return transactions.read(c -> setting(c, program).chain(setting -> {
            if (!setting.enabled())
                throw new Problem(ProblemKind.LEADERBOARD_DISABLED, "This program's leaderboard is switched off");
            return boards.find(c, key).chain(board -> boards.standings(c, key, asked.limit())
                    .map(found -> StandingsView.of(key, board, found)));
        }));
    }

    private static UUID program(String id) {
        return Params.path(id, TypeId.PROGRAM, "Program");
    }
}
