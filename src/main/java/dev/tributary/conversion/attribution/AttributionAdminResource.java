package dev.tributary.conversion.attribution;

import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Why a conversion was credited to whom, for staff. */
@Path("/api/admin/conversions/{id}/attribution")
@Tag(name = "Attribution")
@Produces(MediaType.APPLICATION_JSON)
class AttributionAdminResource {
    private final DecisionQueries queries;

    AttributionAdminResource(DecisionQueries queries) {
        this.queries = queries;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getAttribution", summary = "Who is credited with a conversion, and why")
    public Uni<AttributionView> get(@PathParam("id") String id) {
        UUID conversion = Params.path(id, TypeId.CONVERSION, "Conversion");
        return queries.of(conversion)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Conversion")))
                .map(decisions -> new AttributionView(id, decisions));
    }
}
