package dev.tributary.commission;

import dev.tributary.access.Caller;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The milestones of the affiliate that asks, with its progress. */
@Path("/api/affiliate/milestones")
@Tag(name = "Milestones")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class MilestoneResource {
    private final MilestonePaths paths;
    private final Programs programs;
    private final Transactions transactions;
    private final Caller caller;

    MilestoneResource(MilestonePaths paths, Programs programs, Transactions transactions, Caller caller) {
        this.paths = paths;
        this.programs = programs;
        this.transactions = transactions;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listOwnMilestones", summary = "See how far your next milestones are")
    public Uni<MilestoneView.Path> list(@Context UriInfo uri) {
        Params.only(uri, Set.of("programId"));
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> programs.own(c, me, program)
                        .chain(own -> paths.of(c, own.programId(), own.id(), own.affiliateId()))));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> export(@Context UriInfo uri) {
        return list(uri).map(path -> MilestoneView.Progress.CSV.whole(path.data()));
    }
}
