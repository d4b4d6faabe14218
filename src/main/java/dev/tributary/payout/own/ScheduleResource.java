package dev.tributary.payout.own;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.payout.Period;
import dev.tributary.payout.Schedules;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How often the affiliate that asks is paid. */
@Path("/api/affiliate/payout-schedule")
@Tag(name = "Payouts")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class ScheduleResource {
    private final Eligibility eligibility;
    private final Schedules schedules;
    private final Programs programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Caller caller;

    ScheduleResource(
            Eligibility eligibility,
            Schedules schedules,
            Programs programs,
            Transactions transactions,
            Changes changes,
            Caller caller) {
        this.eligibility = eligibility;
        this.schedules = schedules;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "getPayoutSchedule", summary = "How often you are paid, and what daily payouts would need")
    public Uni<ScheduleView> get(@Context UriInfo uri) {
        Params.only(uri, Set.of("programId"));
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> standing(c, me, program)))
                .map(ScheduleView::of);
    }

    @PUT
    @APIResponseSchema(value = ScheduleView.class, responseCode = "200")
    @Operation(operationId = "choosePayoutSchedule", summary = "Choose to be paid monthly or daily")
    public Uni<Response> choose(@HeaderParam(Idempotency.HEADER) @Nullable String key, ScheduleInput body) {
        ScheduleInput input = Params.body(body);
        Period.Kind kind = input.kind();
        UUID program = input.program();
        return caller.affiliate()
                .chain(me -> changes.make(
                        key, input, tx -> standing(tx, me, program).chain(found -> choose(tx, found, kind))));
    }

    private Uni<Change> choose(SqlConnection tx, Eligibility.Standing old, Period.Kind kind) {
        if (kind == Period.Kind.DAILY) refuse(old.againstDaily());
        return schedules
                .choose(tx, old.enrollment().id(), kind, old.now())
                .chain(() -> eligibility.of(tx, old.enrollment()))
                .map(now -> new Change(
                        "payout_schedule.choose",
                        TypeId.ENROLLMENT,
                        old.enrollment().id(),
                        ScheduleView.of(old),
                        ScheduleView.of(now)));
    }

    private static void refuse(List<Reason> lacking) {
        if (!lacking.isEmpty())
            throw new Problem(
                    ProblemKind.UNPROCESSABLE,
                    "You cannot be paid daily now",
                    lacking.stream().map(reason -> reason.at("schedule")).toList());
    }

    private Uni<Eligibility.Standing> standing(SqlConnection c, UUID affiliate, @Nullable UUID program) {
        return programs.own(c, affiliate, program).chain(enrollment -> eligibility.of(c, enrollment));
    }
}
