package dev.tributary.payout.rail.manual;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.payout.rail.manual.nacha.NachaReturnFile;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
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

/** Payouts in files, and those that wait for one; and what the bank sends back of them. */
@Path("/api/admin/payout-file-entries")
@Tag(name = "Payout files")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class FileEntryAdminResource {
    private static final Csv<FileEntry> CSV = new Csv<>(
            List.of("payoutId", "fileId", "status", "amount", "currency", "kind", "reference", "trace", "code", "note"),
            entry -> {
                PayoutFileView.Entry shown = PayoutFileView.Entry.of(entry);
                return List.of(
                        shown.payoutId(),
                        shown.fileId() == null ? "" : shown.fileId(),
                        shown.status(),
                        Long.toString(shown.amount().amount()),
                        shown.amount().currency(),
                        shown.kind(),
                        shown.reference(),
                        shown.trace() == null ? "" : shown.trace(),
                        shown.code(),
                        shown.note());
            });
    private static final Set<String> FILTERS = Set.of("fileId", "status");

    private final FileEntryRepository entries;
    private final ReturnFiles returns;
    private final Telling telling;
    private final Changes changes;
    private final Transactions transactions;
    private final Lists lists;
    private final Clock clock;

    FileEntryAdminResource(
            FileEntryRepository entries,
            ReturnFiles returns,
            Telling telling,
            Changes changes,
            Transactions transactions,
            Lists lists,
            Clock clock) {
        this.entries = entries;
        this.returns = returns;
        this.telling = telling;
        this.changes = changes;
        this.transactions = transactions;
        this.lists = lists;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listPayoutFileEntries", summary = "List payouts in files, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), FileEntry::payoutId, PayoutFileView.Entry::of);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), FileEntry::payoutId, CSV);
    }

    private Source<FileEntry> source(UriInfo uri) {
        @Nullable UUID file = Params.id(uri, "fileId", TypeId.PAYOUT_FILE);
        boolean waiting = Params.oneOf(uri, "status", List.of("waiting")) != null;
        return (before, limit) -> transactions.read(c -> entries.list(c, before, limit, file, waiting));
    }

    @POST
    @Path("returns")
    @Consumes(MediaType.TEXT_PLAIN)
    @RolesAllowed({"admin", "finance"})
    @Operation(operationId = "takePayoutReturns", summary = "Take a bank's file of returns and corrections")
    public Uni<ReturnReport> returns(byte[] body) {
        NachaReturnFile file = NachaReturnFile.read(new String(body, StandardCharsets.US_ASCII));
        return transactions.run(tx -> returns.take(tx, file.returns(), now()));
    }

    @POST
    @Path("{payoutId}/return")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = PayoutFileView.Entry.class, responseCode = "200")
    @Operation(operationId = "returnPayoutFileEntry", summary = "Say that the money of one payout came back")
    public Uni<Response> comeBack(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("payoutId") String id,
            PayoutFileInput.Reason body) {
        PayoutFileInput.Reason input = Params.body(body).checked();
        UUID payout = path(id);
        return changes.make(
                key,
                input,
                tx -> change(
                        tx,
                        payout,
                        entries.comeBack(
                                tx, payout, now(), String.valueOf(input.code()), String.valueOf(input.reason())),
                        "It is in no file, or its money came back before"));
    }

    @POST
    @Path("{payoutId}/remove")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = PayoutFileView.Entry.class, responseCode = "200")
    @Operation(operationId = "removePayoutFileEntry", summary = "Take one payout out before it is in a file")
    public Uni<Response> remove(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("payoutId") String id,
            PayoutFileInput.Reason body) {
        PayoutFileInput.Reason input = Params.body(body).checked();
        UUID payout = path(id);
        return changes.make(
                key,
                input,
                tx -> change(
                        tx,
                        payout,
                        entries.remove(tx, payout, now(), String.valueOf(input.reason())),
                        "It is in a file already, or was removed before"));
    }

    /** The entry is read before, so that one that is not there is told as such. */
    private Uni<Change> change(SqlConnection tx, UUID payout, Uni<Boolean> change, String otherwise) {
        return view(tx, payout).chain(before -> change.invoke(changed -> {
                    if (!changed) throw new Problem(ProblemKind.CONFLICT, otherwise);
                    telling.after(tx, List.of(payout));
                })
                .chain(() -> view(tx, payout))
                .map(after -> Change.updated(TypeId.PAYOUT, payout, before, after)));
    }

    private Uni<PayoutFileView.Entry> view(SqlConnection tx, UUID payout) {
        return entries.find(tx, payout)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Payout in files")))
                .map(PayoutFileView.Entry::of);
    }

    private static UUID path(String id) {
        return Params.path(id, TypeId.PAYOUT, "Payout in files");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
