package dev.tributary.affiliate;

import dev.tributary.access.ApiKeys;
import dev.tributary.access.KeyOwner;
import dev.tributary.access.PrincipalResolver;
import dev.tributary.audit.Audit;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.outbox.Outbox;
import dev.tributary.postgres.Notifier;
import dev.tributary.postgres.Unique;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** The affiliates, for other rooms. */
@ApplicationScoped
public class Affiliates implements PrincipalResolver {
    private final AffiliateRepository repository;
    private final ApiKeys keys;
    private final Outbox outbox;
    private final Notifier notifier;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    Affiliates(
            AffiliateRepository repository,
            ApiKeys keys,
            Outbox outbox,
            Notifier notifier,
            Audit audit,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.keys = keys;
        this.outbox = outbox;
        this.notifier = notifier;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    public Uni<Optional<Affiliate>> find(SqlConnection connection, UUID id) {
        return repository.find(connection, id);
    }

    /** The affiliate; 404 where there is none. */
    public Uni<Affiliate> require(UUID id) {
        return repository.find(id).map(found -> found.orElseThrow(() -> Problem.notFound("Affiliate")));
    }

    /** The affiliate, who does not change until the transaction ends; 404 where there is none. */
    public Uni<Affiliate> lock(SqlConnection tx, UUID id) {
        return repository.lock(tx, id).map(found -> found.orElseThrow(() -> Problem.notFound("Affiliate")));
    }

    /** Who has this e-mail address, whatever its case. */
    public Uni<Optional<Affiliate>> byEmail(SqlConnection connection, String email) {
        return repository.byEmail(connection, Affiliate.emailKey(email));
    }

    /** Whose account this is. */
    @Override
    public Uni<Optional<UUID>> affiliateOf(String issuer, String subject) {
        return repository.ofAccount(issuer, subject);
    }

    /** Shows a fraud score, from 0 to 100, with the affiliate. */
    public Uni<Void> score(SqlConnection tx, UUID id, int score) {
        return repository.score(tx, id, score);
    }

    /** Shows with the affiliate how far their tax form has come. */
    public Uni<Void> papers(SqlConnection tx, UUID id, TaxStatus status) {
        return repository.papers(tx, id, status);
    }

    /** Adds a new one; 409 where the e-mail address is taken. */
    public Uni<Void> insert(SqlConnection tx, Affiliate made) {
        return repository.insert(tx, made);
    }

    /** Replaces a locked one, but for its status and account, which have their own ways; 409 as {@link #insert}. */
    public Uni<Void> update(SqlConnection tx, Affiliate changed) {
        notifier.changedBy(tx, "links");
        return repository.update(tx, changed);
    }

    /**
     * Binds an account to an affiliate, for ever: 409 where the account is another affiliate's, or the affiliate has another
     * account. Bound again to the same it stays as it is.
     */
    public Uni<Void> bind(SqlConnection tx, UUID id, Account account) {
        return repository
                .bind(tx, id, account)
                .invoke(bound -> {
                    if (!bound) throw Unique.conflict("This affiliate is bound to another account");
                    notifier.changedBy(tx, "keys");
                })
                .replaceWithVoid();
    }

    /**
     * Changes the status of a locked affiliate, with all that follows from it: links and keys stop or begin to work, the event
     * {@code affiliate.status_changed}, the audit entry {@code affiliate.status}. The same status again changes nothing. 409
     * where this status may not become that.
     *
     * @param reason one or more sentences for the record; never empty
     */
    public Uni<Affiliate> become(SqlConnection tx, Affiliate old, AffiliateStatus next, String reason) {
        if (old.status() == next) return Uni.createFrom().item(old);
        if (!old.status().mayBecome(next))
            throw Unique.conflict(
                    "A %s affiliate cannot become %s".formatted(old.status().word(), next.word()));
        if (reason.isBlank()) throw new IllegalStateException("A change of status has a reason");
        Affiliate changed = old.to(next, reason, now());
        notifier.changedBy(tx, "links");
        return repository
                .update(tx, changed)
                .chain(() -> keys.disable(tx, KeyOwner.AFFILIATE, old.id(), !next.mayUseKeys()))
                .chain(() -> outbox.append(tx, AffiliateStatusChanged.event(ids.next(), changed)))
                .chain(() ->
                        audit.record(tx, "affiliate.status", TypeId.AFFILIATE, old.id(), status(old), status(changed)))
                .replaceWith(changed);
    }

    private static JsonObject status(Affiliate a) {
        return new JsonObject().put("status", a.status().word()).put("reason", a.statusReason());
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
