package dev.tributary.program;

import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.outbox.Outbox;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.postgres.Notifier;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The affiliates of a program, for staff. */
@Path("/api/admin/programs/{programId}/enrollments")
@Tag(name = "Enrollments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class EnrollmentAdminResource {
    private static final Set<String> FILTERS = Set.of("status", "affiliateId");
    private static final List<String> STATUSES =
            Stream.of(Enrollment.Status.values()).map(Enrollment.Status::word).toList();

    private final EnrollmentRepository repository;
    private final ProgramRepository programs;
    private final ReferralCodes codes;
    private final Outbox outbox;
    private final Transactions transactions;
    private final Notifier notifier;
    private final Lists lists;
    private final Ids ids;
    private final Clock clock;

    EnrollmentAdminResource(
            EnrollmentRepository repository,
            ProgramRepository programs,
            ReferralCodes codes,
            Outbox outbox,
            Transactions transactions,
            Notifier notifier,
            Lists lists,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.programs = programs;
        this.codes = codes;
        this.outbox = outbox;
        this.transactions = transactions;
        this.notifier = notifier;
        this.lists = lists;
        this.ids = ids;
        this.clock = clock;
    }

    /** A new enrollment. */
    @Schema(name = "EnrollmentInput")
    record Input(
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q", required = true) @Nullable String affiliateId,
            @Schema(description = "Active unless told otherwise") Enrollment.@Nullable Status status,
            @Schema(examples = "ECO10", description = "Made up unless given") @Nullable String referralCode) {}

    /** A change of an enrollment. */
    @Schema(name = "EnrollmentChange")
    record Change(Enrollment.@Nullable Status status) {}

    /** An enrollment as the API shows it. */
    @Schema(name = "Enrollment")
    record View(
            @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q") String id,
            String programId,
            String affiliateId,
            Enrollment.Status status,
            @Schema(examples = "ECO10") String referralCode,
            @Nullable Instant approvedAt,
            Instant createdAt,
            Instant updatedAt) {
        static View of(Enrollment e) {
            return new View(
                    TypeId.ENROLLMENT.format(e.id()),
                    TypeId.PROGRAM.format(e.programId()),
                    TypeId.AFFILIATE.format(e.affiliateId()),
                    e.status(),
                    e.referralCode(),
                    e.approvedAt(),
                    e.createdAt(),
                    e.updatedAt());
        }
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listEnrollments", summary = "List a program's enrollments, newest first")
    public Uni<Response> list(@PathParam("programId") String programId, @Context UriInfo uri) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        @Nullable String status = Params.oneOf(uri, "status", STATUSES);
        @Nullable UUID affiliate = Params.id(uri, "affiliateId", TypeId.AFFILIATE);
        return lists.json(
                uri,
                FILTERS,
                (before, limit) -> repository.list(before, limit, program, status, affiliate),
                Enrollment::id,
                View::of);
    }

    @POST
    @RolesAllowed("admin")
    @Operation(operationId = "createEnrollment", summary = "Take an affiliate into a program")
    public Uni<Response> create(@PathParam("programId") String programId, Input body) {
        Input input = Params.body(body);
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID affiliate = TypeId.AFFILIATE
                .parse(input.affiliateId == null ? "" : input.affiliateId)
                .orElseThrow(() -> Problem.field("affiliateId", "malformed", "affiliateId starts with aff_"));
        Instant now = now();
        String code = input.referralCode == null ? codes.make() : input.referralCode;
        Enrollment made = new Enrollment(
                        ids.next(), program, affiliate, Enrollment.Status.PENDING, code, null, now, now)
                .to(input.status == null ? Enrollment.Status.ACTIVE : input.status, now);
        return transactions
                .run(tx -> programs.find(tx, program)
                        .invoke(found -> found.orElseThrow(() -> Problem.notFound("Program")))
                        .chain(found -> codes.reserve(tx, code))
                        .chain(() -> repository.insert(tx, made))
                        .chain(() -> tell(tx, made, made.approvedAt() != null)))
                .invoke(done -> notifier.changed("links"))
                .map(done -> created(made));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @Operation(operationId = "updateEnrollment", summary = "Approve, pause, suspend or close an enrollment")
    public Uni<View> update(@PathParam("programId") String programId, @PathParam("id") String id, Change change) {
        Enrollment.@Nullable Status next = Params.body(change).status;
        if (next == null) throw Problem.field("status", "required", "status is missing");
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID enrollment = Params.path(id, TypeId.ENROLLMENT, "Enrollment");
        return transactions
                .run(tx -> repository
                        .lock(tx, program, enrollment)
                        .map(found -> found.orElseThrow(() -> Problem.notFound("Enrollment")))
                        .chain(old -> change(tx, old, old.to(next, now()))))
                .invoke(done -> notifier.changed("links"))
                .map(View::of);
    }

    private Uni<Enrollment> change(SqlConnection tx, Enrollment old, Enrollment changed) {
        return repository
                .update(tx, changed)
                .chain(() -> tell(tx, changed, old.approvedAt() == null && changed.approvedAt() != null))
                .replaceWith(changed);
    }

    private Uni<Void> tell(SqlConnection tx, Enrollment enrollment, boolean approvedNow) {
        if (!approvedNow) return Uni.createFrom().voidItem();
        return outbox.append(tx, EnrollmentApproved.event(ids.next(), enrollment));
    }

    private static Response created(Enrollment made) {
        View view = View.of(made);
        return Response.created(URI.create("/api/admin/programs/%s/enrollments/%s".formatted(view.programId, view.id)))
                .entity(view)
                .build();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
