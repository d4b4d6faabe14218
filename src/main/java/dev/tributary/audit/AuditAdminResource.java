package dev.tributary.audit;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The record of changes, for staff. Nothing here changes it. */
@Path("/api/admin/audit")
@Tag(name = "Audit")
@Produces(MediaType.APPLICATION_JSON)
class AuditAdminResource {
    private static final Set<String> FILTERS = Set.of("actor", "action", "objectId", "from", "to");
    /** Years that ids can hold with room to spare. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final Csv<AuditEntry> CSV = new Csv<>(
            List.of("id", "at", "actorKind", "actorId", "requestId", "action", "objectId"),
            e -> List.of(
                    e.getId(), e.at().toString(), e.actorKind(), e.actorId(), e.requestId(), e.action(), e.objectId()));

    private final AuditRepository repository;
    private final Lists lists;

    AuditAdminResource(AuditRepository repository, Lists lists) {
        this.repository = repository;
        this.lists = lists;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listAuditEntries", summary = "List who changed what, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), AuditEntry::uuid, e -> e);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), AuditEntry::uuid, CSV);
    }

    private Source<AuditEntry> source(UriInfo uri) {
        AuditRepository.Filter filter = new AuditRepository.Filter(
                time(uri, "from"),
                time(uri, "to"),
                uri.getQueryParameters().getFirst("actor"),
                uri.getQueryParameters().getFirst("action"),
                object(uri.getQueryParameters().getFirst("objectId")));
        return (before, limit) -> repository.list(before, limit, filter);
    }

    private static @Nullable Instant time(UriInfo uri, String name) {
        Instant time = Params.time(uri, name);
        boolean held = time == null || !time.isBefore(EARLIEST) && time.isBefore(LATEST);
        new FieldErrors()
                .require(held, name, "out_of_range", name + " is in the years 2000 to 2199")
                .done();
        return time;
    }

    /** An id of any kind: its prefix tells which, and no two objects share the rest. */
    private static @Nullable UUID object(@Nullable String text) {
        if (text == null) return null;
        return Stream.of(TypeId.values())
                .map(kind -> kind.parse(text))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> Problem.field("objectId", "malformed", "objectId is an id such as lnk_..."));
    }
}
