package dev.tributary.payout.tax;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The tax papers of an affiliate, for staff: of numbers the last four digits. */
@Path("/api/admin/affiliates/{id}/tax-form")
@Tag(name = "Tax")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class TaxFormAdminResource {
    private final TaxForms forms;
    private final TaxFormReader reader;
    private final Transactions transactions;
    private final Changes changes;

    TaxFormAdminResource(TaxForms forms, TaxFormReader reader, Transactions transactions, Changes changes) {
        this.forms = forms;
        this.reader = reader;
        this.transactions = transactions;
        this.changes = changes;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getAffiliateTaxPapers", summary = "How an affiliate's tax papers stand")
    public Uni<TaxPapersView> get(@PathParam("id") String id) {
        UUID affiliate = affiliate(id);
        return transactions.read(c -> reader.papers(c, affiliate));
    }

    @POST
    @Path("verify")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = TaxPapersView.class, responseCode = "200")
    @Operation(operationId = "verifyTaxForm", summary = "Say that a tax form was looked through and is good")
    public Uni<Response> verify(@HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id) {
        UUID affiliate = affiliate(id);
        return decide(key, id, affiliate, "tax_form.verify", tx -> forms.verify(tx, affiliate)
                .map(TaxForms.Changed::after));
    }

    @POST
    @Path("reject")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = TaxPapersView.class, responseCode = "200")
    @Operation(operationId = "rejectTaxForm", summary = "Send a tax form back, with the reason")
    public Uni<Response> reject(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, RejectionInput body) {
        String reason = Params.body(body).known();
        UUID affiliate = affiliate(id);
        return decide(key, body, affiliate, "tax_form.reject", tx -> forms.reject(tx, affiliate, reason)
                .map(TaxForms.Changed::after));
    }

    @POST
    @Path("paper")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = TaxPapersView.class, responseCode = "200")
    @Operation(operationId = "noteTaxPaper", summary = "Note a W-8BEN-E that a foreign company gave on paper")
    public Uni<Response> paper(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, PaperInput body) {
        PaperInput.Sheet sheet = Params.body(body).checked(forms.now());
        UUID affiliate = affiliate(id);
        return decide(key, body, affiliate, "tax_form.note", tx -> forms.note(tx, affiliate, sheet));
    }

    private Uni<Response> decide(
            @Nullable String key,
            Object request,
            UUID affiliate,
            String action,
            Function<SqlConnection, Uni<StoredForm>> work) {
        return changes.make(key, request, tx -> reader.papers(tx, affiliate)
                .chain(before -> work.apply(tx).chain(form -> reader.papers(tx, affiliate)
                        .map(after -> new Change(action, TypeId.TAX_FORM, form.id(), before, after)))));
    }

    private static UUID affiliate(String id) {
        return Params.path(id, TypeId.AFFILIATE, "Affiliate");
    }
}
