package dev.tributary.conversion.track;

import dev.tributary.access.Caller;
import dev.tributary.access.RequestLimits;
import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.Reason;
import dev.tributary.conversion.RefundOutcome;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where affiliate networks and shops without a back end tell conversions: an address with everything in it. */
@Path("/postback")
@Tag(name = "Conversions")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class PostbackResource {
    /** More are no postback. */
    private static final int MOST_PARAMETERS = 100;

    private static final String POLICY = "postback";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Wrong tokens a network may show in a minute: a network set up wrongly is told so, and whoever guesses is stopped. */
    private static final int STRANGERS = 60;

    private final PostbackTokens tokens;
    private final Conversions conversions;
    private final Transactions transactions;
    private final RequestLimits limits;
    private final TrackConfig config;
    private final Caller caller;
    private final Clock clock;

    PostbackResource(
            PostbackTokens tokens,
            Conversions conversions,
            Transactions transactions,
            RequestLimits limits,
            TrackConfig config,
            Caller caller,
            Clock clock) {
        this.tokens = tokens;
        this.conversions = conversions;
        this.transactions = transactions;
        this.limits = limits;
        this.config = config;
        this.caller = caller;
        this.clock = clock;
    }

    /** What became of it, in words for a log that a person reads. */
    @Schema(name = "PostbackAnswer")
    record Answer(
            @Schema(examples = "cnv_01h455vb4pex5vsknk084sn02q", description = "Of the conversion or the refund")
                    String id,
            @Schema(examples = "accepted") String status,
            @Schema(nullable = true, description = "Why it was rejected") @Nullable Reason reason,
            @Schema(examples = "false", description = "Whether it was known before, so that nothing changed")
                    boolean repeated,
            @Schema(examples = "The sale is stored and credited.") String message) {}

    @GET
    @Operation(operationId = "postback", summary = "Tell a conversion in the address")
    public Uni<Answer> get(@Context UriInfo uri) {
        return take(told(uri, null));
    }

    /** Without this the framework would answer HEAD by GET, and store what somebody only looks at. */
    @HEAD
    @Operation(hidden = true)
    public void look() {
        throw new Problem(ProblemKind.METHOD_NOT_ALLOWED, "A postback is told by GET or POST");
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(operationId = "postbackPost", summary = "Tell a conversion in the address or as a form")
    public Uni<Answer> post(@Context UriInfo uri, byte @Nullable [] form) {
        return take(told(uri, form));
    }

    /** The first of each name; the form wins. */
    private static Map<String, String> told(UriInfo uri, byte @Nullable [] form) {
        Map<String, String> told = new HashMap<>();
        uri.getQueryParameters().forEach((name, values) -> told.put(name, values.get(0)));
        if (form != null && form.length > 0) {
            try {
                new QueryStringDecoder(
                                new String(form, StandardCharsets.UTF_8),
                                StandardCharsets.UTF_8,
                                false,
                                MOST_PARAMETERS)
                        .parameters()
                        .forEach((name, values) -> told.put(name, values.get(0)));
            } catch (IllegalArgumentException e) {
                throw new Problem(ProblemKind.INVALID_REQUEST, "The body is no form");
            }
        }
        return told;
    }

    private Uni<Answer> take(Map<String, String> told) {
        return transactions
                .read(c -> tokens.find(c, told.get("token")))
                .call(owner -> owner.isPresent()
                        ? limits.take(POLICY, "prg:" + owner.get().programId(), config.postbackLimit(), MINUTE)
                        : limits.take(POLICY, "net:" + caller.network(), STRANGERS, MINUTE))
                .map(owner -> owner.orElseThrow(
                        () -> new Problem(ProblemKind.UNAUTHENTICATED, "token is not a postback token that works")))
                .chain(owner -> take(new Postback(told, owner, clock.instant())));
    }

    private Uni<Answer> take(Postback postback) {
        String event = postback.event();
        if (event.equals("refund"))
            return conversions.refund(List.of(postback.refund())).map(done -> answer(done.get(0)));
        return conversions
                .intake(List.of(postback.incoming(event.equals("sale") ? Kind.SALE : Kind.LEAD)))
                .map(done -> answer(done.get(0)));
    }

    private static Answer answer(RefundOutcome outcome) {
        Problem refused = TrackProblems.of(outcome);
        if (refused != null) throw refused;
        RefundView view = RefundView.of(outcome);
        return new Answer(
                view.id(),
                view.status(),
                null,
                view.repeated(),
                view.conversionId() == null
                        ? "The refund is stored and waits for its sale."
                        : "The refund is stored and booked.");
    }

    private static Answer answer(Outcome outcome) {
        if (outcome.repeat() == Outcome.Repeat.DIFFERENT) throw TrackProblems.taken(outcome.externalId());
        if (outcome.reason() == Reason.CURRENCY_MISMATCH) throw TrackProblems.otherCurrency();
        String what = outcome.kind() == Kind.LEAD ? "The lead" : "The sale";
        String message =
                switch (outcome.status()) {
                    case ACCEPTED -> what + " is stored and credited.";
                    case REFUNDED -> what + " is stored, and refunded since.";
                    case WAITING -> what + " is stored and waits for its click, which has not landed yet.";
                    case REJECTED ->
                        what + " is stored and earns nothing: "
                                + java.util.Objects.requireNonNull(outcome.reason())
                                        .sentence() + ".";
                };
        return new Answer(
                TypeId.CONVERSION.format(outcome.id()),
                outcome.status().word(),
                outcome.reason(),
                outcome.repeat() != Outcome.Repeat.NEW,
                message);
    }
}
