package dev.tributary.payout.rail.manual;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Files of payouts for a bank: made of what has gathered, served for ever, settled, withdrawn, and what came back of them. */
@Path("/api/admin/payout-files")
@Tag(name = "Payout files")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class PayoutFileAdminResource {
    private static final Csv<PayoutFile> CSV = new Csv<>(
            List.of(
                    "id",
                    "kind",
                    "name",
                    "entries",
                    "total",
                    "currency",
                    "sha256",
                    "effectiveOn",
                    "madeAt",
                    "settledAt"),
            file -> List.of(
                    TypeId.PAYOUT_FILE.format(file.id()),
                    file.kind().word(),
                    file.name(),
                    Integer.toString(file.entries()),
                    Long.toString(file.total().amount()),
                    file.total().currency(),
                    file.sha256(),
                    file.effectiveOn() == null ? "" : file.effectiveOn().toString(),
                    file.madeAt().toString(),
                    file.settledAt() == null ? "" : file.settledAt().toString()));
    private static final Set<String> FILTERS = Set.of("kind", "status");

    private final PayoutFiles making;
    private final PayoutFileRepository files;
    private final FileEntryRepository entries;
    private final Telling telling;
    private final Changes changes;
    private final Transactions transactions;
    private final Lists lists;
    private final Caller caller;

    PayoutFileAdminResource(
            PayoutFiles making,
            PayoutFileRepository files,
            FileEntryRepository entries,
            Telling telling,
            Changes changes,
            Transactions transactions,
            Lists lists,
            Caller caller) {
        this.making = making;
        this.files = files;
        this.entries = entries;
        this.telling = telling;
        this.changes = changes;
        this.transactions = transactions;
        this.lists = lists;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listPayoutFiles", summary = "List files of payouts, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), PayoutFile::id, PayoutFileView::of);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), PayoutFile::id, CSV);
    }

    private Source<PayoutFile> source(UriInfo uri) {
        @Nullable String kind = Params.oneOf(uri, "kind", PayoutFile.Kind.values());
        @Nullable String status = Params.oneOf(uri, "status", List.of("made", "settled"));
        @Nullable Boolean settled = status == null ? null : status.equals("settled");
        return (before, limit) -> transactions.read(c -> files.list(c, before, limit, kind, settled));
    }

    @POST
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = PayoutFileView.class, responseCode = "201")
    @Operation(operationId = "makePayoutFile", summary = "Make a file of the payouts that wait for one")
    public Uni<Response> make(@HeaderParam(Idempotency.HEADER) @Nullable String key, PayoutFileInput body) {
        PayoutFileInput input = Params.body(body);
        PayoutFiles.Wanted wanted = input.checked();
        return changes.make(key, input, tx -> making.make(tx, wanted, caller.id())
                .map(file -> Change.created(TypeId.PAYOUT_FILE, file.id(), PayoutFileView.of(file))));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getPayoutFile", summary = "Read what a file is")
    public Uni<PayoutFileView> get(@PathParam("id") String id) {
        return transactions.read(c -> found(files.find(c, path(id)))).map(PayoutFileView::of);
    }

    @GET
    @Path("{id}/content")
    @Produces({"text/plain", "text/csv"})
    @RolesAllowed({"admin", "finance"})
    @Operation(operationId = "downloadPayoutFile", summary = "Download a file: the same bytes each time")
    public Uni<Response> content(@PathParam("id") String id) {
        return transactions.read(c -> found(files.find(c, path(id)))
                .chain(file -> files.content(c, file.id()).map(bytes -> content(file, bytes))));
    }

    private static Response content(PayoutFile file, byte[] bytes) {
        return Response.ok(bytes, file.kind().mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"")
                .build();
    }

    @POST
    @Path("{id}/settle")
    @RolesAllowed({"admin", "finance"})
    @Consumes(MediaType.WILDCARD)
    @APIResponseSchema(value = PayoutFileView.class, responseCode = "200")
    @Operation(operationId = "settlePayoutFile", summary = "Say that the bank has carried a file out")
    public Uni<Response> settle(@HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id) {
        return changes.make(
                key, id, tx -> found(files.lock(tx, path(id))).chain(before -> making.settle(tx, before, caller.id())
                        .call(after -> tell(tx, after))
                        .map(after -> updated(before, after))));
    }

    private Uni<List<UUID>> tell(SqlConnection tx, PayoutFile file) {
        return entries.of(tx, file.id()).invoke(payouts -> telling.after(tx, payouts));
    }

    @POST
    @Path("{id}/withdraw")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = PayoutFileView.class, responseCode = "200")
    @Operation(operationId = "withdrawPayoutFile", summary = "Say that no bank will ever carry a file out")
    public Uni<Response> withdraw(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("id") String id,
            PayoutFileInput.Reason body) {
        PayoutFileInput.Reason input = Params.body(body).checked();
        return changes.make(key, input, tx -> found(files.lock(tx, path(id))).chain(file -> {
            if (file.settledAt() != null)
                throw new Problem(ProblemKind.CONFLICT, "The file is settled: its payouts come back one by one");
            return entries.withdraw(tx, file.id(), making.now(), String.valueOf(input.reason()))
                    .invoke(payouts -> telling.after(tx, payouts))
                    .replaceWith(() -> updated(file, file));
        }));
    }

    private static Change updated(PayoutFile before, PayoutFile after) {
        return Change.updated(TypeId.PAYOUT_FILE, before.id(), PayoutFileView.of(before), PayoutFileView.of(after));
    }

    private static UUID path(String id) {
        return Params.path(id, TypeId.PAYOUT_FILE, "File");
    }

    private static Uni<PayoutFile> found(Uni<Optional<PayoutFile>> file) {
        return file.map(found -> found.orElseThrow(() -> Problem.notFound("File")));
    }
}
