package dev.tributary.payout.method;

import dev.tributary.audit.Audit;
import dev.tributary.id.TypeId;
import dev.tributary.payout.rail.Rails;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipients;
import dev.tributary.postgres.Transactions;
import dev.tributary.postgres.Unique;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes providers know of methods, and notes what they say. The provider is asked with no transaction open and under the
 * method's own id as the key, so that a crash between is healed by asking again.
 */
@ApplicationScoped
class MethodOpenings {
    private static final Logger LOG = Logger.getLogger(MethodOpenings.class);
    private static final int MOST_NOTE = 300;

    private final PayoutMethodRepository repository;
    private final Destinations destinations;
    private final MethodEvents events;
    private final Rails rails;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;

    MethodOpenings(
            PayoutMethodRepository repository,
            Destinations destinations,
            MethodEvents events,
            Rails rails,
            Transactions transactions,
            Audit audit,
            Clock clock) {
        this.repository = repository;
        this.destinations = destinations;
        this.events = events;
        this.rails = rails;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Tells the provider of a confirmed method or asks what became of it, and answers the method as it is then. A provider that
     * is away leaves it as it is, to be asked again.
     */
    Uni<PayoutMethod> ask(UUID id) {
        return transactions
                .read(c -> repository.find(c, id))
                .map(Optional::orElseThrow)
                .chain(method ->
                        isAskable(method) ? ask(method) : Uni.createFrom().item(method));
    }

    /** A page of the provider for a method that it knows, or is told of now. */
    Uni<Recipients.Onboarding> onboard(PayoutMethod method, OnboardingInput.Pages pages) {
        if (!isAskable(method))
            return Uni.createFrom()
                    .failure(() -> Unique.conflict("A payout method that is %s has nothing to tell the provider"
                            .formatted(method.state().word())));
        return (method.known() ? Uni.createFrom().item(method) : ask(method))
                .chain(known -> transactions.read(c -> repository.secrets(c, known.id())))
                .map(secrets -> Optional.ofNullable(secrets.destination())
                        .orElseThrow(() -> new Problem(ProblemKind.UNAVAILABLE, "The provider is away; try again")))
                .chain(bytes -> recipients(method)
                        .orElseThrow()
                        .onboard(destinations.destination(method.id(), bytes), pages.back(), pages.again()));
    }

    private boolean isAskable(PayoutMethod method) {
        boolean confirmed = method.state() != MethodState.PENDING_CONFIRMATION;
        return confirmed && !method.state().isOver() && recipients(method).isPresent();
    }

    private Optional<Recipients> recipients(PayoutMethod method) {
        return rails.recipients(method.rail()).filter(Recipients::configured);
    }

    private Uni<PayoutMethod> ask(PayoutMethod method) {
        return transactions
                .read(c -> repository.secrets(c, method.id()))
                .chain(secrets -> said(method, secrets))
                .chain(told -> transactions.run(tx -> note(tx, method.id(), told)))
                .onFailure(Problem.class)
                .recoverWithUni(refusal -> transactions.run(tx -> refused(tx, method.id(), (Problem) refusal)));
    }

    /** What the provider says of it, which was told of it now where it had not been. */
    private Uni<Recipient> said(PayoutMethod method, PayoutMethodRepository.Secrets secrets) {
        Recipients rail = recipients(method).orElseThrow();
        if (secrets.destination() != null)
            return rail.check(destinations.destination(method.id(), secrets.destination()));
        if (secrets.details() == null) return Uni.createFrom().failure(() -> Problem.notFound("Payout method"));
        return rail.open(destinations.details(method.id(), secrets.details()), method.id());
    }

    /** Where the provider refuses a new one that is final; all else is asked again. */
    private Uni<PayoutMethod> refused(SqlConnection tx, UUID id, Problem refusal) {
        Instant now = now();
        boolean refused = refusal.kind() == ProblemKind.UNPROCESSABLE || refusal.kind() == ProblemKind.INVALID_REQUEST;
        LOG.infof("Payout method %s: its rail said %s", TypeId.PAYOUT_METHOD.format(id), refusal.kind());
        return locked(tx, id).chain(old -> {
            boolean fresh = old.state() == MethodState.PENDING && !old.known();
            if (!refused || !fresh) return repository.checked(tx, id, now).replaceWith(old);
            String note = cut(refusal.getMessage());
            return repository.deny(tx, id, note, now).chain(() -> changed(tx, old));
        });
    }

    private static String cut(@Nullable String text) {
        String whole = text == null ? "" : text;
        return whole.substring(0, Math.min(MOST_NOTE, whole.length()));
    }

    /** Notes what a provider says of a method, in the caller's transaction; of one that is over nothing. */
    Uni<PayoutMethod> note(SqlConnection tx, UUID id, Recipient told) {
        return locked(tx, id).chain(old -> {
            if (old.state().isOver()) return Uni.createFrom().item(old);
            return destinations.hash(old.rail(), told.destination()).chain(hash -> repository
                    .isBlocked(tx, old.rail(), hash)
                    .chain(blocked -> note(tx, old, blocked ? blocked(told) : told, hash)));
        });
    }

    /** What staff blocked is not let in again under another name. */
    private static Recipient blocked(Recipient told) {
        return new Recipient(told.destination(), Recipient.State.DENIED, "This destination is blocked");
    }

    private Uni<PayoutMethod> note(SqlConnection tx, PayoutMethod old, Recipient told, byte[] hash) {
        MethodState next =
                old.isBlocked() && told.state() == Recipient.State.DENIED ? old.state() : old.after(told.state());
        PayoutMethodRepository.Known known =
                new PayoutMethodRepository.Known(destinations.seal(old.id(), told.destination()), hash);
        boolean comes = next == MethodState.ACTIVE && !old.state().isInForce();
        return (comes ? replaceOthers(tx, old) : Uni.createFrom().voidItem())
                .chain(() -> repository.know(tx, old.id(), next, told.note(), known, now()))
                .chain(() -> next == old.state() ? find(tx, old.id()) : changed(tx, old));
    }

    /** It comes into force: what was goes, in the same transaction. */
    private Uni<Void> replaceOthers(SqlConnection tx, PayoutMethod next) {
        return repository
                .others(tx, next, true)
                .call(ids -> repository.remove(tx, ids, now()))
                .chain(ids -> each(tx, new ArrayList<>(ids)));
    }

    private Uni<Void> each(SqlConnection tx, List<UUID> ids) {
        if (ids.isEmpty()) return Uni.createFrom().voidItem();
        return find(tx, ids.remove(0))
                .chain(gone -> events.tell(tx, MethodEvents.CHANGED, gone))
                .chain(() -> each(tx, ids));
    }

    private Uni<PayoutMethod> changed(SqlConnection tx, PayoutMethod old) {
        return find(tx, old.id())
                .call(now -> events.tell(tx, MethodEvents.CHANGED, now))
                .call(now -> audit.record(
                        tx, "payout_method.state", TypeId.PAYOUT_METHOD, old.id(), shown(old), shown(now)));
    }

    private static JsonObject shown(PayoutMethod m) {
        return new JsonObject().put("state", m.state().word()).put("note", m.note());
    }

    private Uni<PayoutMethod> locked(SqlConnection tx, UUID id) {
        return repository.lock(tx, id).map(Optional::orElseThrow);
    }

    private Uni<PayoutMethod> find(SqlConnection tx, UUID id) {
        return repository.find(tx, id).map(Optional::orElseThrow);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
