package dev.tributary.payout.method;

import dev.tributary.access.Caller;
import dev.tributary.affiliate.Affiliate;
import dev.tributary.affiliate.AffiliateStatus;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.id.Ids;
import dev.tributary.payout.rail.Rails;
import dev.tributary.payout.rail.Recipients;
import dev.tributary.payout.rail.Recipients.Details;
import dev.tributary.postgres.Unique;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What affiliates do with methods of their own; another's is not there for them. */
@ApplicationScoped
class OwnMethods {
    /** Who mistypes ten times a month needs help, and whoever tries destinations out needs none. */
    private static final int MOST_NEW = 10;

    private static final Duration OF_LATE = Duration.ofDays(30);

    private final PayoutMethodRepository repository;
    private final Destinations destinations;
    private final Confirmation confirmation;
    private final MethodEvents events;
    private final Affiliates affiliates;
    private final Rails rails;
    private final Caller caller;
    private final Ids ids;
    private final Clock clock;

    OwnMethods(
            PayoutMethodRepository repository,
            Destinations destinations,
            Confirmation confirmation,
            MethodEvents events,
            Affiliates affiliates,
            Rails rails,
            Caller caller,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.destinations = destinations;
        this.confirmation = confirmation;
        this.events = events;
        this.affiliates = affiliates;
        this.rails = rails;
        this.caller = caller;
        this.ids = ids;
        this.clock = clock;
    }

    /** A method before and after a change; before null where it is new. */
    record Changed(@Nullable PayoutMethod before, PayoutMethod after) {}

    /** The affiliate's method; 404 where it is another's. */
    Uni<PayoutMethod> find(SqlConnection c, UUID affiliateId, UUID id) {
        return repository.find(c, id).map(found -> own(found, affiliateId));
    }

    private Uni<PayoutMethod> lock(SqlConnection tx, UUID affiliateId, UUID id) {
        return repository.lock(tx, id).map(found -> own(found, affiliateId));
    }

    private static PayoutMethod own(Optional<PayoutMethod> found, UUID affiliateId) {
        return found.filter(method -> method.affiliateId().equals(affiliateId))
                .orElseThrow(() -> Problem.notFound("Payout method"));
    }

    /** What was sent, as the rail wants it; 422 where the rail or this installation cannot take it now. */
    Details read(String rail, JsonObject fields) {
        Recipients recipients = recipients(rail);
        destinations.requireOpen();
        return recipients.read(fields);
    }

    Recipients recipients(String rail) {
        Recipients recipients = rails.recipients(rail)
                .orElseThrow(() ->
                        Problem.field("rail", "unknown_value", "rail is one of " + String.join(", ", rails.names())));
        if (!recipients.configured())
            throw Problem.value("rail", "not_configured", "Nobody is paid by " + rail + " here");
        return recipients;
    }

    /** Their first is told to the provider; any later one waits for them to confirm it, and takes the place of one that waits. */
    Uni<PayoutMethod> add(SqlConnection tx, UUID affiliateId, String rail, Details details) {
        Instant now = now();
        return affiliates
                .lock(tx, affiliateId)
                .invoke(OwnMethods::refuseUnlessActive)
                .chain(() -> repository.past(tx, affiliateId, now.minus(OF_LATE)))
                .invoke(OwnMethods::refuseTooMany)
                .map(past -> draft(affiliateId, rail, details, past.had(), now))
                .call(made -> repository.others(tx, made, false).chain(others -> repository.remove(tx, others, now)))
                .call(made -> repository.insert(tx, made, destinations.seal(made.id(), details), destinations.keyId()))
                .call(made -> events.tell(tx, event(made), made));
    }

    private static String event(PayoutMethod made) {
        return made.confirmUntil() == null ? MethodEvents.CHANGED : MethodEvents.CONFIRMATION_NEEDED;
    }

    private static void refuseUnlessActive(Affiliate affiliate) {
        if (affiliate.status() != AffiliateStatus.ACTIVE)
            throw new Problem(ProblemKind.FORBIDDEN, "Only active affiliates choose where they are paid");
    }

    private static void refuseTooMany(PayoutMethodRepository.Past past) {
        if (past.recent() >= MOST_NEW)
            throw Unique.conflict("At most %d new payout methods in 30 days".formatted(MOST_NEW));
    }

    private PayoutMethod draft(UUID affiliateId, String rail, Details details, boolean had, Instant now) {
        String me = caller.id();
        return new PayoutMethod(
                ids.next(),
                affiliateId,
                rail,
                details.currency(),
                had ? MethodState.PENDING_CONFIRMATION : MethodState.PENDING,
                details.hint(),
                "",
                me,
                now,
                had ? now.plus(PayoutMethod.TO_CONFIRM) : null,
                had ? null : me,
                had ? null : now,
                null,
                null,
                null,
                false);
    }

    /** Confirms with the word that was sent to its owner. */
    Uni<Changed> confirm(SqlConnection tx, UUID affiliateId, UUID id, String token) {
        return lock(tx, affiliateId, id)
                .invoke(this::refuseUnlessWaiting)
                .call(method -> confirmation.fits(method, token).invoke(fits -> {
                    if (!fits) throw Problem.field("token", "wrong", "This is not the word that was sent");
                }))
                .chain(method -> confirmed(tx, method));
    }

    /** Confirms for an owner who was asked by other ways. */
    Uni<Changed> vouch(SqlConnection tx, UUID affiliateId, UUID id) {
        return lock(tx, affiliateId, id).invoke(this::refuseUnlessWaiting).chain(method -> confirmed(tx, method));
    }

    private void refuseUnlessWaiting(PayoutMethod method) {
        if (method.state() != MethodState.PENDING_CONFIRMATION)
            throw Unique.conflict("A payout method that is %s is not to be confirmed"
                    .formatted(method.state().word()));
        if (now().isAfter(method.confirmUntil()))
            throw Unique.conflict("It had to be confirmed within a day; add it again");
    }

    private Uni<Changed> confirmed(SqlConnection tx, PayoutMethod old) {
        return repository.confirm(tx, old.id(), caller.id(), now()).chain(() -> changed(tx, old));
    }

    /** Takes it out of use at once. */
    Uni<Changed> remove(SqlConnection tx, UUID affiliateId, UUID id) {
        return lock(tx, affiliateId, id)
                .invoke(method -> {
                    if (method.state() == MethodState.REMOVED) throw Problem.notFound("Payout method");
                })
                .chain(old -> repository.remove(tx, List.of(id), now()).chain(() -> changed(tx, old)));
    }

    /** Stops payments to it, or lets them go again; {@code reason} null lets go. */
    Uni<Changed> block(SqlConnection tx, UUID affiliateId, UUID id, @Nullable String reason) {
        return lock(tx, affiliateId, id)
                .invoke(method -> {
                    if (method.isBlocked() != (reason == null))
                        throw Unique.conflict(reason == null ? "It is not blocked" : "It is blocked already");
                })
                .chain(old -> (reason == null
                                ? repository.block(tx, id, null, null, null)
                                : repository.block(tx, id, now(), caller.id(), reason))
                        .chain(() -> changed(tx, old)));
    }

    private Uni<Changed> changed(SqlConnection tx, PayoutMethod old) {
        return repository
                .find(tx, old.id())
                .map(Optional::orElseThrow)
                .call(now -> events.tell(tx, MethodEvents.CHANGED, now))
                .map(now -> new Changed(old, now));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
