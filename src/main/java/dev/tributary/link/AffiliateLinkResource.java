package dev.tributary.link;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
import dev.tributary.program.Programs;
import dev.tributary.program.ReferralCodes;
import dev.tributary.program.Tracker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The links of the affiliate that asks. */
@Path("/api/affiliate/links")
@Tag(name = "Links")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class AffiliateLinkResource {
    private static final Set<String> FILTERS = Set.of("programId", "campaignId", "status", "code");
    private static final Csv<AffiliateLinkView> CSV = new Csv<>(
            List.of("id", "code", "url", "programId", "campaignId", "destination", "src", "status", "createdAt"),
            l -> List.of(
                    l.id(),
                    l.code(),
                    l.url(),
                    l.programId(),
                    l.campaignId() == null ? "" : l.campaignId(),
                    l.destination(),
                    l.src(),
                    l.status().word(),
                    l.createdAt().toString()));

    private final OwnLinks links;
    private final LinkRepository repository;
    private final Programs programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Caller caller;
    private final Tracker tracker;
    private final Lists lists;

    AffiliateLinkResource(
            OwnLinks links,
            LinkRepository repository,
            Programs programs,
            Transactions transactions,
            Changes changes,
            Caller caller,
            Tracker tracker,
            Lists lists) {
        this.links = links;
        this.repository = repository;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.caller = caller;
        this.tracker = tracker;
        this.lists = lists;
    }

    @GET
    @Operation(operationId = "listOwnLinks", summary = "List your links, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        String base = tracker.urlFor(uri);
        return caller.affiliate()
                .chain(me ->
                        lists.json(uri, FILTERS, source(uri, me), Link::id, link -> AffiliateLinkView.of(link, base)));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        Csv<Link> csv = CSV.of(link -> AffiliateLinkView.of(link, tracker.urlFor(uri)));
        return caller.affiliate()
                .onItem()
                .transformToMulti(me -> lists.csv(uri, FILTERS, source(uri, me), Link::id, csv));
    }

    private Source<Link> source(UriInfo uri, UUID me) {
        @Nullable String code = uri.getQueryParameters().getFirst("code");
        LinkRepository.Filter filter = new LinkRepository.Filter(
                Params.id(uri, "programId", TypeId.PROGRAM),
                me,
                Params.oneOf(uri, "status", List.of("active", "paused")),
                code == null ? null : ReferralCodes.key(code),
                Params.id(uri, "campaignId", TypeId.CAMPAIGN));
        return (before, limit) -> repository.list(before, limit, filter);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getOwnLink", summary = "Read one of your links")
    public Uni<AffiliateLinkView> get(@PathParam("id") String id, @Context UriInfo uri) {
        UUID link = Params.path(id, TypeId.LINK, "Link");
        return caller.affiliate()
                .chain(me -> links.find(me, link))
                .map(found -> AffiliateLinkView.of(found, tracker.urlFor(uri)));
    }

    @GET
    @Path("pages")
    @Operation(operationId = "listLinkPages", summary = "The pages that a program offers for deep links")
    public Uni<LinkPagesView> pages(@Context UriInfo uri) {
        Params.only(uri, Set.of("programId"));
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        return caller.affiliate()
                .chain(me -> transactions.read(c ->
                        programs.own(c, me, program).chain(enrollment -> links.program(c, enrollment.programId()))))
                .map(LinkPagesView::of);
    }

    @POST
    @APIResponseSchema(value = AffiliateLinkView.class, responseCode = "201")
    @Operation(operationId = "createOwnLink", summary = "Make a link, also to a page deep in the shop")
    public Uni<Response> create(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context UriInfo uri, AffiliateLinkInput body) {
        AffiliateLinkInput input = Params.body(body);
        String base = tracker.urlFor(uri);
        return caller.affiliate()
                .chain(me -> changes.make(
                        key, input, tx -> links.create(tx, me, input).map(made -> change(made, base))));
    }

    @POST
    @Path("preview")
    @Operation(operationId = "previewOwnLink", summary = "See where a link would lead, without making it")
    public Uni<LinkPreview> preview(@Context UriInfo uri, AffiliateLinkInput body) {
        AffiliateLinkInput input = Params.body(body);
        String base = tracker.urlFor(uri);
        return caller.affiliate().chain(me -> transactions.read(c -> links.preview(c, me, input, base)));
    }

    @PATCH
    @Path("{id}")
    @APIResponseSchema(value = AffiliateLinkView.class, responseCode = "200")
    @Operation(operationId = "updateOwnLink", summary = "Change one of your links")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("id") String id,
            @Context UriInfo uri,
            AffiliateLinkInput body) {
        AffiliateLinkInput input = Params.body(body).asChange();
        UUID link = Params.path(id, TypeId.LINK, "Link");
        String base = tracker.urlFor(uri);
        return caller.affiliate()
                .chain(me -> changes.make(
                        key, input, tx -> links.update(tx, me, link, input).map(changed -> change(changed, base))));
    }

    private static Change change(OwnLinks.Changed changed, String base) {
        AffiliateLinkView after = AffiliateLinkView.of(changed.after(), base);
        UUID id = changed.after().id();
        Link before = changed.before();
        return before == null
                ? Change.created(TypeId.LINK, id, after)
                : Change.updated(TypeId.LINK, id, AffiliateLinkView.of(before, base), after);
    }
}
