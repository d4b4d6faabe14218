package dev.tributary.affiliate;

import dev.tributary.access.Caller;
import dev.tributary.privacy.ArchiveEntry;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** An affiliate's right to read what is held about them. */
@Path("/api/affiliate/personal-data")
@Tag(name = "Personal data")
@Produces(MediaType.APPLICATION_JSON)
class PersonalDataResource {
    private final Caller caller;
    private final Archives archives;

    PersonalDataResource(Caller caller, Archives archives) {
        this.caller = caller;
        this.archives = archives;
    }

    @GET
    @RolesAllowed("affiliate")
    @ResponseHeader(name = "Content-Disposition", value = PersonalDataAdminResource.ATTACHMENT)
    @Operation(operationId = "exportOwnPersonalData", summary = "Everything held about you")
    public Multi<ArchiveEntry> export() {
        return caller.affiliate().onItem().transformToMulti(archives::of);
    }
}
