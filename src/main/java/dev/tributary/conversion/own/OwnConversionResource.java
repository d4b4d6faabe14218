package dev.tributary.conversion.own;

import dev.tributary.access.Caller;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Shown;
import dev.tributary.conversion.StoredConversions;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
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
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the affiliate that asks is credited with. */
@Path("/api/affiliate/conversions")
@Tag(name = "Conversions")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class OwnConversionResource {
    private static final Set<String> FILTERS = Set.of("programId", "status", "kind", "from", "to");

    private final StoredConversions stored;
    private final Transactions transactions;
    private final Caller caller;
    private final Lists lists;

    OwnConversionResource(StoredConversions stored, Transactions transactions, Caller caller, Lists lists) {
        this.stored = stored;
        this.transactions = transactions;
        this.caller = caller;
        this.lists = lists;
    }

    @GET
    @Operation(operationId = "listOwnConversions", summary = "List what you are credited with, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return caller.affiliate()
                .chain(me ->
                        lists.json(uri, FILTERS, source(uri, me), Shown::id, shown -> OwnConversionView.of(shown, me)));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return caller.affiliate()
                .onItem()
                .transformToMulti(me -> lists.csv(
                        uri,
                        FILTERS,
                        source(uri, me),
                        Shown::id,
                        OwnConversionView.CSV.of(shown -> OwnConversionView.of(shown, me))));
    }

    private Source<Shown> source(UriInfo uri, UUID me) {
        StoredConversions.Filter filter = new StoredConversions.Filter(
                Params.id(uri, "programId", TypeId.PROGRAM),
                me,
                Params.oneOf(uri, "status", java.util.List.of("accepted", "refunded")),
                Params.oneOf(uri, "kind", Kind.values()),
                null,
                null,
                null,
                Params.time(uri, "from"),
                Params.time(uri, "to"));
        return (before, limit) -> transactions.read(c -> stored.own(c, before, limit, me, filter));
    }
}
