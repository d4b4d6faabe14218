package dev.tributary.payout.tax;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.access.RequestDigest;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The tax papers of the affiliate that asks. */
@Path("/api/affiliate/tax-form")
@Tag(name = "Tax")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class TaxFormResource {
    private final TaxForms forms;
    private final TaxFormReader reader;
    private final RequestDigest digests;
    private final Transactions transactions;
    private final Changes changes;
    private final Caller caller;

    TaxFormResource(
            TaxForms forms,
            TaxFormReader reader,
            RequestDigest digests,
            Transactions transactions,
            Changes changes,
            Caller caller) {
        this.forms = forms;
        this.reader = reader;
        this.digests = digests;
        this.transactions = transactions;
        this.changes = changes;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "getTaxPapers", summary = "How your tax papers stand, and what you gave")
    public Uni<TaxPapersView> get() {
        return caller.affiliate().chain(me -> transactions.read(c -> reader.papers(c, me)));
    }

    @POST
    @Path("w9")
    @APIResponseSchema(value = TaxPapersView.class, responseCode = "200")
    @Operation(operationId = "giveW9", summary = "Give a W-9: for US persons")
    public Uni<Response> w9(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @Parameter(hidden = true) @HeaderParam("User-Agent") @Nullable String userAgent,
            W9Input body) {
        W9Input input = Params.body(body);
        return give(key, input, input.signed(forms.now()), userAgent);
    }

    @POST
    @Path("w8ben")
    @APIResponseSchema(value = TaxPapersView.class, responseCode = "200")
    @Operation(operationId = "giveW8Ben", summary = "Give a W-8BEN: for persons who are no US persons")
    public Uni<Response> w8ben(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @Parameter(hidden = true) @HeaderParam("User-Agent") @Nullable String userAgent,
            W8BenInput body) {
        W8BenInput input = Params.body(body);
        return give(key, input, input.signed(forms.now()), userAgent);
    }

    private Uni<Response> give(@Nullable String key, Object input, TaxForm form, @Nullable String userAgent) {
        SignedForm signed = new SignedForm(form, caller.address(), userAgent == null ? "" : userAgent);
        return caller.affiliate().chain(me -> digests.of(input)
                .chain(digest -> changes.make(key, digest, tx -> reader.papers(tx, me)
                        .chain(before -> forms.give(tx, me, signed).chain(made -> reader.papers(tx, me)
                                .map(after ->
                                        new Change("tax_form.submit", TypeId.TAX_FORM, made.id(), before, after)))))));
    }
}
