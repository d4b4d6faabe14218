package dev.tributary.affiliate;

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
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The affiliates, for staff. */
@Path("/api/admin/affiliates")
@Tag(name = "Affiliates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class AffiliateAdminResource {
    private static final Set<String> FILTERS =
            Set.of("status", "email", "taxStatus", "fraudStatus", "country", "partnerType", "recruiterId", "q");
    /** More than any name or address; a longer text would only make the search slower. */
    private static final int TEXT_LENGTH = 300;

    private static final Csv<Affiliate> CSV = new Csv<>(
            List.of(
                    "id",
                    "name",
                    "email",
                    "status",
                    "country",
                    "createdAt",
                    "displayName",
                    "partnerType",
                    "taxStatus",
                    "fraudScore",
                    "fraudStatus",
                    "recruiterId"),
            a -> List.of(
                    TypeId.AFFILIATE.format(a.id()),
                    a.name(),
                    a.email(),
                    a.status().word(),
                    a.country(),
                    a.createdAt().toString(),
                    a.profile().displayName(),
                    a.profile().partnerType().word(),
                    a.standing().tax().word(),
                    a.standing().fraudScore() == null
                            ? ""
                            : a.standing().fraudScore().toString(),
                    a.standing().fraud().word(),
                    a.recruiterId() == null ? "" : TypeId.AFFILIATE.format(a.recruiterId())));

    private final AffiliateRepository repository;
    private final Changes changes;
    private final Notifier notifier;
    private final Lists lists;
    private final Ids ids;
    private final Clock clock;

    AffiliateAdminResource(
            AffiliateRepository repository, Changes changes, Notifier notifier, Lists lists, Ids ids, Clock clock) {
        this.repository = repository;
        this.changes = changes;
        this.notifier = notifier;
        this.lists = lists;
        this.ids = ids;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listAffiliates", summary = "List affiliates, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), Affiliate::id, AffiliateView::of);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), Affiliate::id, CSV);
    }

    private Source<Affiliate> source(UriInfo uri) {
        String email = uri.getQueryParameters().getFirst("email");
        String country = uri.getQueryParameters().getFirst("country");
        String q = uri.getQueryParameters().getFirst("q");
        for (String name : List.of("email", "country", "q")) text(uri, name);
        AffiliateRepository.Filter filter = new AffiliateRepository.Filter(
                Params.oneOf(uri, "status", words(AffiliateStatus.values(), AffiliateStatus::word)),
                email == null ? null : Affiliate.emailKey(email),
                Params.oneOf(uri, "taxStatus", words(TaxStatus.values(), TaxStatus::word)),
                Params.oneOf(uri, "fraudStatus", words(FraudStatus.values(), FraudStatus::word)),
                country,
                Params.oneOf(uri, "partnerType", words(PartnerType.values(), PartnerType::word)),
                Params.id(uri, "recruiterId", TypeId.AFFILIATE),
                q);
        return (before, limit) -> repository.list(before, limit, filter);
    }

    private static void text(UriInfo uri, String name) {
        String text = uri.getQueryParameters().getFirst(name);
        if (text == null || text.length() <= TEXT_LENGTH && Affiliate.oneLine(text)) return;
        throw Problem.field(name, "malformed", "%s is one line of at most %d characters".formatted(name, TEXT_LENGTH));
    }

    static <E> List<String> words(E[] values, Function<E, String> word) {
        return Stream.of(values).map(word).toList();
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getAffiliate", summary = "Read one affiliate")
    public Uni<AffiliateView> get(@PathParam("id") String id) {
        return repository
                .find(Params.path(id, TypeId.AFFILIATE, "Affiliate"))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Affiliate")))
                .map(AffiliateView::of);
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = AffiliateView.class, responseCode = "201")
    @Operation(operationId = "createAffiliate", summary = "Create an affiliate")
    public Uni<Response> create(@HeaderParam(Idempotency.HEADER) @Nullable String key, AffiliateInput body) {
        AffiliateInput input = Params.body(body);
        Affiliate made = input.make(ids.next(), now());
        return changes.make(key, input, tx -> repository
                .insert(tx, made)
                .replaceWith(() -> Change.created(TypeId.AFFILIATE, made.id(), AffiliateView.of(made))));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponseSchema(value = AffiliateView.class, responseCode = "200")
    @Operation(operationId = "updateAffiliate", summary = "Change an affiliate")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, AffiliateInput body) {
        AffiliateInput input = Params.body(body).asChange();
        UUID affiliate = Params.path(id, TypeId.AFFILIATE, "Affiliate");
        return changes.make(key, input, tx -> repository
                .lock(tx, affiliate)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Affiliate")))
                .chain(old -> replace(tx, old, input.over(old, now()))));
    }

    private Uni<Change> replace(SqlConnection tx, Affiliate old, Affiliate changed) {
        notifier.changedBy(tx, "links");
        return repository
                .update(tx, changed)
                .replaceWith(() ->
                        Change.updated(TypeId.AFFILIATE, old.id(), AffiliateView.of(old), AffiliateView.of(changed)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
