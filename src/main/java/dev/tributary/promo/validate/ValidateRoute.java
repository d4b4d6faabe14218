package dev.tributary.promo.validate;

import dev.tributary.access.ClientAddress;
import dev.tributary.access.RateLimit;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/discount-codes/validate}: tells a checkout page what a code would take off, or that it is not usable.
 *
 * <p>A good code is answered from memory and touches neither PostgreSQL nor Redis. A failure is looked up again, counted by
 * address, and answered alike whatever its reason. It stands before the framework's own handlers, as the redirect does, and
 * allows every origin: no cookie or credential counts here.
 */
@ApplicationScoped
class ValidateRoute {
    static final String PATH = "/api/discount-codes/validate";
    /** Before authentication, body handling and metrics of the framework. */
    private static final int FIRST = -10_000;

    private final CodeCache cache;
    private final CodeLookup lookup;
    private final CodeReads reads;
    private final CodeFreshness freshness;
    private final FailedValidations failures;
    private final Suspicions suspicions;
    private final ClientAddress addresses;
    private final Clock clock;
    private final Counter usable;
    private final Counter unusable;
    private final Counter limited;

    ValidateRoute(
            CodeCache cache,
            CodeLookup lookup,
            CodeReads reads,
            CodeFreshness freshness,
            FailedValidations failures,
            Suspicions suspicions,
            MeterRegistry metrics,
            Clock clock,
            @ConfigProperty(name = "tributary.click.trusted-proxies") Optional<List<String>> trustedProxies) {
        this.cache = cache;
        this.lookup = lookup;
        this.reads = reads;
        this.freshness = freshness;
        this.failures = failures;
        this.suspicions = suspicions;
        this.clock = clock;
        addresses = new ClientAddress(trustedProxies.orElse(List.of()));
        usable = metrics.counter("tributary.promo.validations", "result", "usable");
        unusable = metrics.counter("tributary.promo.validations", "result", "unusable");
        limited = metrics.counter("tributary.promo.validations", "result", "limited");
    }

    void register(@Observes Router router) {
        router.route(PATH).order(FIRST).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.method() != HttpMethod.GET) {
            Replies.methodNotAllowed(context);
            return;
        }
        String address = addresses.of(request);
        String subject = FailedValidations.subject(address);
        long wait = failures.secondsLeft(subject);
        if (wait > 0) {
            limited.increment();
            Replies.tooMany(context, wait);
            return;
        }
        try {
            answer(context, Query.read(params(request)), address, subject);
        } catch (Problem problem) {
            Replies.problem(context, problem);
        }
    }

    private static MultiMap params(HttpServerRequest request) {
        try {
            return request.params();
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemKind.INVALID_REQUEST, "The address is not encoded as it must be");
        }
    }

    private void answer(RoutingContext context, Query query, String address, String subject) {
        KnownCode code = cache.find(query.key());
        if (query.customer() == null && code != null && isUsable(code, query)) {
            tell(context, code, query, address, freshness.stale());
            return;
        }
        context.request().pause();
        judge(query)
                .chain(verdict -> verdict.usable ? Uni.createFrom().item(verdict) : counted(verdict, subject))
                .subscribe()
                .with(
                        verdict -> tell(context, verdict, query, address),
                        away -> Replies.problem(
                                context, new Problem(ProblemKind.UNAVAILABLE, "This code cannot be looked up now")));
    }

    /** What became of a question that memory alone could not answer well. */
    private record Verdict(@Nullable KnownCode code, boolean usable, boolean stale, @Nullable RateLimit limit) {}

    private Uni<Verdict> judge(Query query) {
        return lookup.find(query.key())
                .onFailure()
                .recoverWithUni(away -> remembered(query, away))
                .chain(found -> used(found, query));
    }

    /** What memory knows, while nobody else can be asked, or too many are. */
    private Uni<CodeLookup.Found> remembered(Query query, Throwable away) {
        KnownCode code = cache.find(query.key());
        if (code == null && !cache.isWhole()) return Uni.createFrom().failure(away);
        boolean crowded = away instanceof Problem;
        if (!crowded) freshness.away();
        return Uni.createFrom().item(new CodeLookup.Found(Optional.ofNullable(code), !crowded || freshness.stale()));
    }

    /** The same with the limit of one customer, which PostgreSQL alone knows; while it is away nobody is refused for it. */
    private Uni<Verdict> used(CodeLookup.Found found, Query query) {
        KnownCode code = found.code().orElse(null);
        if (code == null || !isUsable(code, query))
            return Uni.createFrom().item(new Verdict(code, false, found.stale(), null));
        Integer most = code.card().terms().usesPerCustomer();
        if (most == null || query.customer() == null)
            return Uni.createFrom().item(new Verdict(code, true, found.stale(), null));
        return reads.uses(code.id(), query.customer())
                .map(uses -> new Verdict(code, uses < most, found.stale(), null))
                .onFailure()
                .recoverWithItem(new Verdict(code, true, true, null));
    }

    private boolean isUsable(KnownCode code, Query query) {
        return Preview.isUsable(code, cache.program(code.card().terms().programId()), query, clock.instant());
    }

    private Uni<Verdict> counted(Verdict verdict, String subject) {
        return failures.count(subject).map(limit -> new Verdict(null, false, verdict.stale, limit));
    }

    private void tell(RoutingContext context, Verdict verdict, Query query, String address) {
        if (verdict.usable && verdict.code != null) {
            tell(context, verdict.code, query, address, verdict.stale);
            return;
        }
        RateLimit limit = verdict.limit;
        suspicions.failed(ClientAddress.prefix(address));
        if (limit != null && !limit.allowed()) {
            limited.increment();
            Replies.tooMany(context, limit.resetSeconds());
            return;
        }
        unusable.increment();
        if (limit != null)
            context.response()
                    .putHeader(RateLimit.POLICY_HEADER, limit.policyHeader())
                    .putHeader(RateLimit.HEADER, limit.header());
        Replies.json(context, Preview.unusable(verdict.stale));
    }

    private void tell(RoutingContext context, KnownCode code, Query query, String address, boolean stale) {
        usable.increment();
        MultiMap headers = context.request().headers();
        String page = headers.get(HttpHeaders.REFERER);
        if (page == null) page = headers.get(HttpHeaders.ORIGIN);
        if (page != null) suspicions.from(code.id(), ClientAddress.prefix(address), page);
        Replies.json(context, Preview.usable(code, query, stale));
    }
}
