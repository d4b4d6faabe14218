package dev.tributary.program;

import dev.tributary.access.Idempotency;
import dev.tributary.access.RateLimited;
import dev.tributary.affiliate.Account;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.audit.Changes;
import dev.tributary.page.Params;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The way into a program for every account with the role {@code affiliate}. */
@Path("/api/affiliate/register")
@Tag(name = "Applications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class RegistrationResource {
    private final Registrations registrations;
    private final Affiliates affiliates;
    private final Changes changes;
    private final SignedIn signedIn;

    RegistrationResource(Registrations registrations, Affiliates affiliates, Changes changes, SignedIn signedIn) {
        this.registrations = registrations;
        this.affiliates = affiliates;
        this.changes = changes;
        this.signedIn = signedIn;
    }

    /** At most 20 an hour: enough for every mistake in a form, too few to find out which addresses and codes are taken. */
    @POST
    @RolesAllowed("affiliate")
    @RateLimited(policy = "register", limit = 20, windowSeconds = 3_600)
    @APIResponseSchema(value = OwnApplicationView.class, responseCode = "201")
    @Operation(operationId = "register", summary = "Apply for a program; the first time, become an affiliate")
    public Uni<Response> register(@HeaderParam(Idempotency.HEADER) @Nullable String key, RegistrationInput body) {
        Account account = signedIn.account();
        RegistrationInput input = Params.body(body).checked();
        Agreement.Acceptance from = signedIn.acceptance();
        return affiliates
                .affiliateOf(account.issuer(), account.subject())
                .map(affiliate -> new Registrations.Visitor(account, affiliate, from))
                .chain(visitor -> changes.make(
                        key, input, ApplicationResource.PATH, tx -> registrations.register(tx, visitor, input)));
    }
}
