package dev.tributary.payout.tax;

import dev.tributary.access.Caller;
import dev.tributary.affiliate.Affiliate;
import dev.tributary.affiliate.AffiliateStatus;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.affiliate.TaxStatus;
import dev.tributary.id.Ids;
import dev.tributary.postgres.Unique;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What affiliates and staff do with tax forms; the affiliate's own row shows how far it has come. */
@ApplicationScoped
class TaxForms {
    private final TaxFormRepository repository;
    private final SealedForms sealed;
    private final TaxFormEvents events;
    private final Affiliates affiliates;
    private final Caller caller;
    private final Ids ids;
    private final Clock clock;

    TaxForms(
            TaxFormRepository repository,
            SealedForms sealed,
            TaxFormEvents events,
            Affiliates affiliates,
            Caller caller,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.sealed = sealed;
        this.events = events;
        this.affiliates = affiliates;
        this.caller = caller;
        this.ids = ids;
        this.clock = clock;
    }

    /** A form before and after a change; before null where it is new. */
    record Changed(@Nullable StoredForm before, StoredForm after) {}

    /** Takes a signed form, which replaces the one before: whoever verified that one has to look again. */
    Uni<StoredForm> give(SqlConnection tx, UUID affiliateId, SignedForm signed) {
        sealed.requireOpen();
        return affiliates
                .lock(tx, affiliateId)
                .invoke(affiliate -> refuseUnlessFits(affiliate, signed.form()))
                .map(affiliate -> stored(affiliateId, signed.form()))
                .call(made -> put(tx, made, sealed.seal(made.id(), signed), TaxStatus.SUBMITTED))
                .call(made -> events.tell(tx, TaxFormEvents.SUBMITTED, made));
    }

    private static void refuseUnlessFits(Affiliate affiliate, TaxForm form) {
        if (affiliate.status() == AffiliateStatus.CLOSED)
            throw new Problem(ProblemKind.FORBIDDEN, "This account is closed");
        if (form.kind() == FormKind.W8BEN && affiliate.country().equals(PostalAddress.US))
            throw Problem.value(
                    "address.country",
                    "us_person",
                    "Your profile says that you live in the United States: give a W-9, or correct the profile");
    }

    private Uni<Void> put(SqlConnection tx, StoredForm made, byte @Nullable [] bytes, TaxStatus status) {
        return repository
                .replace(tx, made.affiliateId(), made.createdAt())
                .chain(() -> repository.insert(tx, made, bytes, sealed.keyId()))
                .chain(() -> affiliates.papers(tx, made.affiliateId(), status));
    }

    private StoredForm stored(UUID affiliateId, TaxForm form) {
        return new StoredForm(
                ids.next(),
                affiliateId,
                FormState.SUBMITTED,
                form.address().country(),
                form.name(),
                form.tin().map(Tin::kind).orElse(null),
                form.tin().map(Tin::lastFour).orElse(null),
                form.facts(),
                form.signature().at(),
                false,
                now(),
                null,
                null,
                null);
    }

    /** Notes a W-8BEN-E that staff hold on paper and have looked through: verified by whoever notes it. */
    Uni<StoredForm> note(SqlConnection tx, UUID affiliateId, PaperInput.Sheet sheet) {
        Instant now = now();
        StoredForm made = new StoredForm(
                ids.next(),
                affiliateId,
                FormState.VERIFIED,
                sheet.country(),
                sheet.name(),
                null,
                null,
                FormFacts.ON_PAPER,
                sheet.signedAt(),
                true,
                now,
                caller.id(),
                now,
                null);
        return affiliates
                .lock(tx, affiliateId)
                .chain(() -> put(tx, made, null, TaxStatus.VERIFIED))
                .chain(() -> events.tell(tx, TaxFormEvents.VERIFIED, made))
                .replaceWith(made);
    }

    Uni<Changed> verify(SqlConnection tx, UUID affiliateId) {
        return inForce(tx, affiliateId)
                .invoke(form -> {
                    if (form.state() == FormState.VERIFIED) throw Unique.conflict("This form is verified already");
                })
                .chain(form -> repository
                        .verify(tx, form.id(), caller.id(), now())
                        .chain(() -> affiliates.papers(tx, affiliateId, TaxStatus.VERIFIED))
                        .chain(() -> changed(tx, form, TaxFormEvents.VERIFIED)));
    }

    Uni<Changed> reject(SqlConnection tx, UUID affiliateId, String reason) {
        return inForce(tx, affiliateId).chain(form -> repository
                .reject(tx, form.id(), caller.id(), now(), reason)
                .chain(() -> affiliates.papers(tx, affiliateId, TaxStatus.MISSING))
                .chain(() -> changed(tx, form, TaxFormEvents.REJECTED)));
    }

    /** The affiliate first, then the form: in the order in which forms are given. */
    private Uni<StoredForm> inForce(SqlConnection tx, UUID affiliateId) {
        return affiliates
                .lock(tx, affiliateId)
                .chain(() -> repository.lockInForce(tx, affiliateId))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Tax form")));
    }

    private Uni<Changed> changed(SqlConnection tx, StoredForm old, String event) {
        return repository
                .latest(tx, old.affiliateId())
                .map(Optional::orElseThrow)
                .call(now -> events.tell(tx, event, now))
                .map(now -> new Changed(old, now));
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
