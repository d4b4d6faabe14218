package dev.tributary.link;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Notifier;
import dev.tributary.problem.Problem;
import dev.tributary.program.Program;
import dev.tributary.program.Programs;
import dev.tributary.program.ReferralCodes;
import dev.tributary.program.Tracker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
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
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The links, for staff. */
@Path("/api/admin/links")
@Tag(name = "Links")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class LinkAdminResource {
    private static final Set<String> FILTERS = Set.of("programId", "affiliateId", "status", "code");
    private static final Csv<Link> CSV = new Csv<>(
            List.of("id", "code", "programId", "affiliateId", "destination", "src", "status", "createdAt"),
            l -> List.of(
                    TypeId.LINK.format(l.id()),
                    l.code(),
                    TypeId.PROGRAM.format(l.programId()),
                    TypeId.AFFILIATE.format(l.affiliateId()),
                    l.destination(),
                    l.src(),
                    l.status().word(),
                    l.createdAt().toString()));

    private final LinkRepository repository;
    private final Programs programs;
    private final ReferralCodes codes;
    private final Changes changes;
    private final Notifier notifier;
    private final Tracker tracker;
    private final Lists lists;
    private final Ids ids;
    private final Clock clock;

    LinkAdminResource(
            LinkRepository repository,
            Programs programs,
            ReferralCodes codes,
            Changes changes,
            Notifier notifier,
            Tracker tracker,
            Lists lists,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.programs = programs;
        this.codes = codes;
        this.changes = changes;
        this.notifier = notifier;
        this.tracker = tracker;
        this.lists = lists;
        this.ids = ids;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listLinks", summary = "List links, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), Link::id, LinkView::of);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), Link::id, CSV);
    }

    private Source<Link> source(UriInfo uri) {
        @Nullable String code = uri.getQueryParameters().getFirst("code");
        LinkRepository.Filter filter = new LinkRepository.Filter(
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.id(uri, "affiliateId", TypeId.AFFILIATE),
                Params.oneOf(uri, "status", List.of("active", "paused")),
                code == null ? null : ReferralCodes.key(code),
                null);
        return (before, limit) -> repository.list(before, limit, filter);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getLink", summary = "Read one link")
    public Uni<LinkView> get(@PathParam("id") String id) {
        return repository
                .find(Params.path(id, TypeId.LINK, "Link"))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Link")))
                .map(LinkView::of);
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = LinkView.class, responseCode = "201")
    @Operation(operationId = "createLink", summary = "Create a link for an affiliate of a program")
    public Uni<Response> create(@HeaderParam(Idempotency.HEADER) @Nullable String key, LinkInput body) {
        LinkInput input = Params.body(body);
        UUID program = id("programId", input.programId(), TypeId.PROGRAM);
        UUID affiliate = id("affiliateId", input.affiliateId(), TypeId.AFFILIATE);
        return changes.make(key, input, tx -> draft(tx, program, affiliate, input.code())
                .chain(draft -> over(tx, draft, input))
                .call(link -> codes.reserve(tx, link.code()))
                .chain(link -> insert(tx, link)));
    }

    private static UUID id(String field, @Nullable String text, TypeId kind) {
        return kind.parse(text == null ? "" : text)
                .orElseThrow(() -> Problem.field(field, "malformed", field + " starts with " + kind.prefix()));
    }

    private Uni<Link> draft(SqlConnection tx, UUID program, UUID affiliate, @Nullable String code) {
        Instant now = now();
        return programs.enrollment(tx, program, affiliate)
                .map(found -> found.orElseThrow(
                        () -> Problem.field("affiliateId", "not_enrolled", "This affiliate is not in this program")))
                .map(e -> new Link(
                        ids.next(),
                        e.id(),
                        program,
                        affiliate,
                        null,
                        code == null ? codes.make() : code,
                        "",
                        "",
                        List.of("", "", "", "", ""),
                        Link.Status.ACTIVE,
                        null,
                        now,
                        now));
    }

    private Uni<Link> over(SqlConnection tx, Link old, LinkInput input) {
        return programs.find(tx, old.programId()).map(found -> {
            Program program = found.orElseThrow(() -> Problem.notFound("Program"));
            return input.over(old, program, tracker.host(), now());
        });
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponseSchema(value = LinkView.class, responseCode = "200")
    @Operation(operationId = "updateLink", summary = "Change a link")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, LinkInput body) {
        LinkInput input = Params.body(body).asChange();
        UUID link = Params.path(id, TypeId.LINK, "Link");
        return changes.make(key, input, tx -> repository
                .lock(tx, link)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Link")))
                .chain(old -> over(tx, old, input).chain(changed -> replace(tx, old, changed))));
    }

    private Uni<Change> insert(SqlConnection tx, Link made) {
        notifier.changedBy(tx, "links");
        return repository.insert(tx, made).replaceWith(() -> Change.created(TypeId.LINK, made.id(), LinkView.of(made)));
    }

    private Uni<Change> replace(SqlConnection tx, Link old, Link changed) {
        notifier.changedBy(tx, "links");
        return repository
                .update(tx, changed)
                .replaceWith(() -> Change.updated(TypeId.LINK, old.id(), LinkView.of(old), LinkView.of(changed)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
