package dev.tributary.program;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.outbox.Outbox;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.postgres.Notifier;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
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
    private final Changes changes;
    private final Notifier notifier;
    private final Lists lists;
    private final Ids ids;
    private final Clock clock;

    EnrollmentAdminResource(
            EnrollmentRepository repository,
            ProgramRepository programs,
            ReferralCodes codes,
            Outbox outbox,
            Changes changes,
            Notifier notifier,
            Lists lists,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.programs = programs;
        this.codes = codes;
        this.outbox = outbox;
        this.changes = changes;
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
            @Schema(examples = "ECO10", description = "Made up unless given") @Nullable String referralCode,
            @Schema(examples = "ECO10", description = "The text of the referral code unless given") @Nullable
                    String promoCode,
            @Schema(examples = "tir_01h455vb4pex5vsknk084sn02q") @Nullable String tierId) {}

    /** A change of an enrollment. */
    @Schema(name = "EnrollmentChange")
    record StatusChange(
            Enrollment.@Nullable Status status,
            @Schema(
                            implementation = String.class,
                            examples = "tir_01h455vb4pex5vsknk084sn02q",
                            description = "null takes it out of its tier")
                    @Nullable
                    Optional<String> tierId) {
        Enrollment over(Enrollment old, Instant now) {
            Enrollment changed = status == null ? old : old.to(status, now);
            return tierId == null ? changed : changed.in(tier(tierId.orElse(null)), now);
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
                EnrollmentView::of);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getEnrollment", summary = "Read one enrollment")
    public Uni<EnrollmentView> get(@PathParam("programId") String programId, @PathParam("id") String id) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        return repository
                .find(program, Params.path(id, TypeId.ENROLLMENT, "Enrollment"))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Enrollment")))
                .map(EnrollmentView::of);
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = EnrollmentView.class, responseCode = "201")
    @Operation(operationId = "createEnrollment", summary = "Take an affiliate into a program")
    public Uni<Response> create(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            Input body) {
        Input input = Params.body(body);
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID affiliate = TypeId.AFFILIATE
                .parse(input.affiliateId == null ? "" : input.affiliateId)
                .orElseThrow(() -> Problem.field("affiliateId", "malformed", "affiliateId starts with aff_"));
        Instant now = now();
        String code = input.referralCode == null ? codes.make() : input.referralCode;
        if (input.promoCode != null) ReferralCodes.require("promoCode", input.promoCode);
        Enrollment made = new Enrollment(
                        ids.next(),
                        program,
                        affiliate,
                        Enrollment.Status.PENDING,
                        code,
                        input.promoCode,
                        tier(input.tierId),
                        null,
                        now,
                        now)
                .to(input.status == null ? Enrollment.Status.ACTIVE : input.status, now);
        return changes.make(key, input, tx -> programs.get(tx, program)
                .chain(found -> codes.reserve(tx, code))
                .chain(() -> insert(tx, made)));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponseSchema(value = EnrollmentView.class, responseCode = "200")
    @Operation(
            operationId = "updateEnrollment",
            summary = "Approve, pause, suspend or close an enrollment, or set its tier")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            @PathParam("id") String id,
            StatusChange body) {
        StatusChange input = Params.body(body);
        if (input.status == null && input.tierId == null)
            throw Problem.field("status", "required", "status or tierId is missing");
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID enrollment = Params.path(id, TypeId.ENROLLMENT, "Enrollment");
        return changes.make(key, input, tx -> repository
                .lock(tx, program, enrollment)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Enrollment")))
                .chain(old -> replace(tx, old, input.over(old, now()))));
    }

    private static @Nullable UUID tier(@Nullable String id) {
        if (id == null) return null;
        return TypeId.TIER.parse(id).orElseThrow(() -> Problem.field("tierId", "malformed", "tierId starts with tir_"));
    }

    private Uni<Change> insert(SqlConnection tx, Enrollment made) {
        notifier.changedBy(tx, "links");
        return repository
                .insert(tx, made)
                .chain(() -> tell(tx, made, made.approvedAt() != null))
                .replaceWith(() -> Change.created(TypeId.ENROLLMENT, made.id(), EnrollmentView.of(made)));
    }

    private Uni<Change> replace(SqlConnection tx, Enrollment old, Enrollment changed) {
        notifier.changedBy(tx, "links");
        return repository
                .update(tx, changed)
                .chain(() -> tell(tx, changed, old.approvedAt() == null && changed.approvedAt() != null))
                .replaceWith(() -> Change.updated(
                        TypeId.ENROLLMENT, old.id(), EnrollmentView.of(old), EnrollmentView.of(changed)));
    }

    private Uni<Void> tell(SqlConnection tx, Enrollment enrollment, boolean approvedNow) {
        if (!approvedNow) return Uni.createFrom().voidItem();
        return outbox.append(tx, EnrollmentApproved.event(ids.next(), enrollment));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
