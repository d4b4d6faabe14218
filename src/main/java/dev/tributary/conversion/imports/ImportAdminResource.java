package dev.tributary.conversion.imports;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.conversion.imports.ImportRecord.State;
import dev.tributary.conversion.imports.ImportRepository.Noted;
import dev.tributary.conversion.track.ConversionInput;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.job.JobStarts;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Imports of conversions from CSV, for staff. A file larger than a request comes in parts, which may end anywhere; it is
 * imported in the background, once the last one is there.
 */
@Path("/api/admin/conversions/import")
@Tag(name = "Conversions")
@Produces(MediaType.APPLICATION_JSON)
class ImportAdminResource {
    private static final String CSV = "text/csv";
    /** Ten gigabytes in megabytes; who has more runs the command beside the file. */
    private static final int MOST_PARTS = 10_000;

    private final ImportRepository repository;
    private final ImportJob job;
    private final JobStarts starts;
    private final Programs programs;
    private final Changes changes;
    private final Transactions transactions;
    private final Lists lists;
    private final Ids ids;
    private final Clock clock;

    ImportAdminResource(
            ImportRepository repository,
            ImportJob job,
            JobStarts starts,
            Programs programs,
            Changes changes,
            Transactions transactions,
            Lists lists,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.job = job;
        this.starts = starts;
        this.programs = programs;
        this.changes = changes;
        this.transactions = transactions;
        this.lists = lists;
        this.ids = ids;
        this.clock = clock;
    }

    @POST
    @Consumes(CSV)
    @RolesAllowed("admin")
    @APIResponseSchema(value = ImportView.class, responseCode = "201")
    @Operation(operationId = "importConversions", summary = "Import conversions from CSV, or send the first part of it")
    public Uni<Response> begin(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context UriInfo uri, byte @Nullable [] body) {
        Params.only(uri, Set.of("programId", "dryRun", "name", "more"));
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        if (program == null) throw Problem.field("programId", "required", "programId is missing");
        byte[] part = part(body);
        String name = Params.line(uri, "name");
        ImportRecord made = ImportRecord.begun(
                ids.next(),
                program,
                name == null ? "upload.csv" : name,
                false,
                flag(uri, "dryRun"),
                then(uri),
                0,
                now());
        return changes.make(key, List.of(uri.getRequestUri().getQuery(), part), tx -> programs.find(tx, program)
                .map(found -> found.orElseThrow(ConversionInput::noProgram))
                .chain(() -> repository.insert(tx, made))
                .chain(() -> repository.addPart(tx, made.id(), 1, part, made.state(), now()))
                .chain(() -> view(tx, made.id()))
                .invoke(() -> startAfter(tx, made.state()))
                .map(view -> Change.created(TypeId.IMPORT, made.id(), view)));
    }

    @POST
    @Path("{id}/parts")
    @Consumes(CSV)
    @RolesAllowed("admin")
    @APIResponseSchema(value = ImportView.class, responseCode = "200")
    @Operation(operationId = "sendImportPart", summary = "Send the next part of a CSV file")
    public Uni<ImportView> more(@PathParam("id") String id, @Context UriInfo uri, byte @Nullable [] body) {
        Params.only(uri, Set.of("number", "more"));
        UUID upload = Params.path(id, TypeId.IMPORT, "Import");
        int number = number(uri);
        byte[] part = part(body);
        State then = then(uri);
        return transactions.run(tx -> repository
                .lock(tx, upload)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Import")))
                .chain(kept -> add(tx, kept, number, part, then))
                .chain(() -> view(tx, upload)));
    }

    /** The next one, or the last once more: its answer may have been lost. */
    private Uni<Void> add(SqlConnection tx, ImportRecord kept, int number, byte[] part, State then) {
        return repository.parts(tx, kept.id()).chain(there -> {
            if (number == there && kept.state() != State.RECEIVING)
                return Uni.createFrom().voidItem();
            if (kept.state() != State.RECEIVING || number < there || number > there + 1)
                throw new Problem(ProblemKind.CONFLICT, "Part %d is not the next".formatted(number));
            startAfter(tx, then);
            return repository.addPart(tx, kept.id(), number, part, then, now());
        });
    }

    private void startAfter(SqlConnection tx, State then) {
        if (then == State.QUEUED) transactions.afterCommit(tx, () -> starts.soon(job));
    }

    private Uni<ImportView> view(SqlConnection c, UUID id) {
        return repository
                .find(c, id)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Import")))
                .map(ImportView::of);
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listImports", summary = "List imports, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        return lists.json(
                uri,
                Set.of("programId"),
                (before, limit) -> transactions.read(c -> repository.list(c, before, limit, program)),
                ImportRecord::id,
                ImportView::of);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getImport", summary = "Read how far an import has come")
    public Uni<ImportView> get(@PathParam("id") String id) {
        UUID upload = Params.path(id, TypeId.IMPORT, "Import");
        return transactions.read(c -> view(c, upload));
    }

    @GET
    @Path("{id}/rows")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listImportRows", summary = "List the rows of an import to look at, last first")
    public Uni<Response> rows(@PathParam("id") String id, @Context UriInfo uri) {
        return lists.json(uri, Set.of("result"), source(id, uri), Noted::id, ImportRowView::of);
    }

    @GET
    @Path("{id}/rows")
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> exportRows(@PathParam("id") String id, @Context UriInfo uri) {
        return lists.csv(uri, Set.of("result"), source(id, uri), Noted::id, ImportRowView.CSV);
    }

    private Source<Noted> source(String id, UriInfo uri) {
        UUID upload = Params.path(id, TypeId.IMPORT, "Import");
        String result = Params.oneOf(uri, "result", List.of("rejected", "waiting", "refused"));
        return (before, limit) -> transactions.read(
                c -> view(c, upload).chain(there -> repository.rows(c, before, limit, upload, result)));
    }

    private static byte[] part(byte @Nullable [] body) {
        if (body == null || body.length == 0) throw new Problem(ProblemKind.INVALID_REQUEST, "The body is empty");
        return body;
    }

    private static State then(UriInfo uri) {
        return flag(uri, "more") ? State.RECEIVING : State.QUEUED;
    }

    private static boolean flag(UriInfo uri, String name) {
        return "true".equals(Params.oneOf(uri, name, List.of("true", "false")));
    }

    private static int number(UriInfo uri) {
        String text = uri.getQueryParameters().getFirst("number");
        int number = text != null && text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (number < 2 || number > MOST_PARTS)
            throw Problem.field(
                    "number", "out_of_range", "number is 2 to " + MOST_PARTS + "; the first came with the import");
        return number;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
