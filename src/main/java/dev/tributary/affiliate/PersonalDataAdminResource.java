package dev.tributary.affiliate;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.privacy.ArchiveEntry;
import dev.tributary.privacy.People;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** What is held about an affiliate as a person: handed out, and erased. */
@Path("/api/admin/affiliates/{id}")
@Tag(name = "Personal data")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class PersonalDataAdminResource {
    static final String ATTACHMENT = "attachment; filename=\"personal-data.json\"";

    private final Affiliates affiliates;
    private final Archives archives;
    private final People people;
    private final Changes changes;

    PersonalDataAdminResource(Affiliates affiliates, Archives archives, People people, Changes changes) {
        this.affiliates = affiliates;
        this.archives = archives;
        this.people = people;
        this.changes = changes;
    }

    @GET
    @Path("personal-data")
    @RolesAllowed("admin")
    @ResponseHeader(name = "Content-Disposition", value = ATTACHMENT)
    @Operation(operationId = "exportPersonalData", summary = "Hand out everything held about an affiliate")
    public Multi<ArchiveEntry> export(@PathParam("id") String id) {
        return archives.of(Params.path(id, TypeId.AFFILIATE, "Affiliate"));
    }

    @POST
    @Path("erasure")
    @RolesAllowed("admin")
    @APIResponseSchema(value = ErasureView.class, responseCode = "200")
    @Operation(operationId = "erasePersonalData", summary = "Close an account and erase the person")
    public Uni<Response> erase(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ErasureInput body) {
        ErasureInput input = Params.body(body).checked();
        UUID affiliate = Params.path(id, TypeId.AFFILIATE, "Affiliate");
        String reason = Objects.requireNonNull(input.reason());
        return changes.make(key, input, tx -> affiliates.lock(tx, affiliate).chain(old -> erase(tx, old, reason)));
    }

    /** Closed first: the entry of that is blanked with the others. The one of the erasure itself comes after. */
    private Uni<Change> erase(SqlConnection tx, Affiliate old, String reason) {
        return affiliates
                .become(tx, old, AffiliateStatus.CLOSED, reason)
                .chain(() -> people.erase(tx, old.id()))
                .map(erased -> new Change(
                        "affiliate.erase",
                        TypeId.AFFILIATE,
                        old.id(),
                        Map.of("status", old.status().word()),
                        new ErasureView(TypeId.AFFILIATE.format(old.id()), reason, erased)));
    }
}
