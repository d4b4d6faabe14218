package dev.tributary.analytics;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.affiliate.Affiliate;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.affiliate.Channel;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** An affiliate's own profile. */
@Path("/api/affiliate/profile")
@Tag(name = "Profile")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class ProfileResource {
    private static final String PROGRAM = "programId";

    private final ProfileQueries profiles;
    private final Affiliates affiliates;
    private final Transactions transactions;
    private final Changes changes;
    private final Caller caller;
    private final Clock clock;

    ProfileResource(
            ProfileQueries profiles,
            Affiliates affiliates,
            Transactions transactions,
            Changes changes,
            Caller caller,
            Clock clock) {
        this.profiles = profiles;
        this.affiliates = affiliates;
        this.transactions = transactions;
        this.changes = changes;
        this.caller = caller;
        this.clock = clock;
    }

    /** What affiliates may change of themselves. What is left out stays as it was. */
    @Schema(name = "ProfileChange")
    record Input(
            @Schema(examples = "Eco", maxLength = 100) @Nullable String displayName,
            @Nullable Boolean leaderboardOptIn,
            @Schema(maxItems = 20) @Nullable List<Channel> channels,
            @Schema(examples = "Weekly posts about refills", maxLength = 2000) @Nullable String promotion) {
        Affiliate.Profile over(Affiliate.Profile old) {
            return new Affiliate.Profile(
                    requireNonNullElse(displayName, old.displayName()),
                    old.partnerType(),
                    requireNonNullElse(leaderboardOptIn, old.leaderboardOptIn()),
                    requireNonNullElse(channels, old.channels()),
                    requireNonNullElse(promotion, old.promotion()));
        }
    }

    @GET
    @RolesAllowed("affiliate")
    @Operation(operationId = "getProfile", summary = "Read your profile, with your tier and the way to the next")
    public Uni<ProfileView> get(@Context UriInfo uri) {
        UUID program = program(uri);
        return caller.affiliate().chain(affiliate -> transactions.read(c -> profiles.of(c, affiliate, program)));
    }

    @PATCH
    @RolesAllowed("affiliate")
    @APIResponseSchema(value = ProfileView.class, responseCode = "200")
    @Operation(operationId = "updateProfile", summary = "Change what others see of you")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context UriInfo uri, Input body) {
        Input input = Params.body(body);
        UUID program = program(uri);
        return caller.affiliate()
                .chain(affiliate -> changes.make(key, input, tx -> change(tx, affiliate, program, input)));
    }

    private Uni<Change> change(SqlConnection tx, UUID affiliate, @Nullable UUID program, Input input) {
        return affiliates.lock(tx, affiliate).chain(old -> profiles.of(tx, affiliate, program)
                .call(() -> affiliates.update(
                        tx, old.with(input.over(old.profile()), clock.instant().truncatedTo(ChronoUnit.MICROS))))
                .chain(before -> profiles.of(tx, affiliate, program)
                        .map(after -> Change.updated(TypeId.AFFILIATE, affiliate, before, after))));
    }

    private static @Nullable UUID program(UriInfo uri) {
        Params.only(uri, Set.of(PROGRAM));
        return Params.id(uri, PROGRAM, TypeId.PROGRAM);
    }
}
